import { existsSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import {
  ConfigError,
  costUsd,
  createNumpyRandom,
  cutTornLine,
  digestText,
  isPlainJudgment,
  type Judgment,
  listAt,
  loadRunManifest,
  ownRun,
  type Presentation,
  parseJudgment,
  type RunFolder,
  type RunManifest,
  readJudgments,
  saveJson,
  type TokenPrices,
} from '@judgelab/core'
import { askBulk } from './ask-bulk.js'
import { askOwn } from './ask-own.js'
import { askService } from './ask-service.js'
import type { Asking, Made } from './asking.js'
import { type Budget, createBudget } from './budget.js'
import { createCircuitBreaker } from './circuit-breaker.js'
import { type Clock, systemClock } from './clock.js'
import { createHalt, type Halt } from './halt.js'
import { type JudgmentWriter, openJudgmentWriter } from './judgment-writer.js'
import { outOfBudget } from './out-of-budget.js'
import { RETRY_POLICY } from './retries.js'
import type { RunReport, RunRequest, Stopped } from './run-request.js'
import { createRunTally, type RunProgress, type RunTally } from './run-tally.js'
import { createServiceGates } from './service-gate.js'
import { openUnlogged, type Unlogged } from './unlogged.js'

/** A run whose folder this process owns. */
export interface OpenRun {
  /** What is to be asked, in the order of the request. */
  readonly missing: readonly Presentation[]
  /** Asks the judge for these, which must be missing ones; what comes of it goes to the log. */
  readonly ask: (presentations: readonly Presentation[]) => Promise<void>
  readonly isStopped: () => boolean
}

/** How many judgments go by before other work (signals, progress) gets its turn. */
const BREATH = 32

/** At least so long between two words on progress, unless a hundredth part was done. */
const PROGRESS_EVERY_MS = 100

/**
 * Owns a run's folder while `work` asks for what is missing in it: whatever happens, the log is flushed and closed, the
 * manifest says what is true, and the folder is free again.
 *
 * @param onEarlier told of every judgment that is in the log already, in its order
 */
export async function withOpenRun(
  request: RunRequest,
  work: (run: OpenRun) => Promise<void>,
  onEarlier?: (judgment: Judgment) => void,
): Promise<RunReport> {
  const { run, presentations, clock = systemClock, budget = createBudget() } = request
  const release = await ownRun(run)
  const halt = createHalt(request.signal)
  try {
    const begun = await manifestOnDisk(request)
    const tally = createRunTally(presentations.length, pricesOf(request))
    for await (const judgment of readJudgments(run)) {
      tally.addEarlier(judgment)
      onEarlier?.(judgment)
    }
    await cutTornLine(run.log)
    const { missing, again } = toAsk(request, tally)
    tally.begin(again, clock.elapsedMs())
    const tell = createTeller(request, tally, clock)
    const manifest = manifestOf(request, begun, missing.length > 0)
    if (missing.length > 0) {
      await saveJson(run.manifest, manifest)
      await workWithLog({ request, budget, halt, tally, tell, clock, missing }, work)
    } else await work({ missing, ask: async () => undefined, isStopped: halt.isOn })
    const progress = tell.last()
    const isComplete = progress.done === progress.total
    if (isComplete && (missing.length > 0 || typeof begun?.completedAt !== 'string'))
      await saveJson(run.manifest, { ...manifest, completedAt: clock.date().toISOString() })
    const { judgments: asked, cached } = tally.asked()
    return {
      ...progress,
      asked,
      cached,
      isComplete,
      ...(isComplete ? {} : { stopped: stoppedBy(halt, budget, progress) }),
    }
  } finally {
    halt.release()
    await release()
  }
}

function stoppedBy(halt: Halt, budget: Budget, progress: RunProgress): Stopped | undefined {
  const reason = halt.reason()
  return reason?.by === 'budget' ? { by: 'budget', message: outOfBudget(budget, progress, reason.nextUsd) } : reason
}

function pricesOf({ judge, manifest }: RunRequest): TokenPrices | undefined {
  return manifest.prices ?? ('prices' in judge ? judge.prices : undefined)
}

/**
 * The manifest that an earlier start left. A run that a newer judgelab wrote, that is malformed, or that is another one than
 * asked for, is not touched.
 */
async function manifestOnDisk({ run, manifest: { runId } }: RunRequest): Promise<RunManifest | undefined> {
  if (!existsSync(run.manifest)) return undefined
  const begun = await loadRunManifest(run)
  if (begun.runId !== runId)
    throw new ConfigError(`expected run ${runId}, found ${begun.runId}: a folder holds one run`, run.manifest)
  return begun
}

/** What has no judgment yet, and, where the failed are asked again, those too. */
function toAsk(
  { presentations, retryFailed = false }: RunRequest,
  tally: RunTally,
): { readonly missing: readonly Presentation[]; readonly again: string[] } {
  const again: string[] = []
  const rows: number[] = []
  for (const [row, { id }] of presentations.entries()) {
    const held = tally.has(id)
    if (held === 'failure' && retryFailed) again.push(id)
    if (held === undefined || (held === 'failure' && retryFailed)) rows.push(row)
  }
  return { missing: listAt(presentations, rows), again }
}

/** The manifest while judgments are missing: who began the run stays in it, who asks again is added. */
function manifestOf({ manifest }: RunRequest, begun: RunManifest | undefined, isAsking: boolean): RunManifest {
  if (begun === undefined) return { ...manifest, completedAt: null }
  if (!isAsking) return begun
  const { startedAt: at, git, software, stopping = begun.stopping } = manifest
  return {
    ...begun,
    ...(stopping === undefined ? {} : { stopping }),
    resumed: [...(begun.resumed ?? []), { at, git, software }],
    completedAt: null,
  }
}

interface Parts {
  readonly request: RunRequest
  readonly budget: Budget
  readonly halt: Halt
  readonly tally: RunTally
  readonly tell: Teller
  readonly clock: Clock
  readonly missing: readonly Presentation[]
}

/**
 * Lets `work` ask while the log is open. When something breaks, calls that are under way are waited for and their answers
 * kept, no new ones are made, and the first error is thrown.
 */
async function workWithLog(parts: Parts, work: (run: OpenRun) => Promise<void>): Promise<void> {
  const { request, halt, missing } = parts
  const writer = await openJudgmentWriter(request.run)
  const unlogged = await openUnlogged(request.run)
  const asking = askingOf(parts, writer, unlogged)
  try {
    await work({
      missing,
      ask: (presentations) => askJudge(asking, presentations),
      isStopped: halt.isOn,
    })
  } catch (error) {
    halt.fail(error)
  }
  await writer.close().catch(halt.fail)
  try {
    unlogged.close()
  } catch (error) {
    halt.fail(error)
  }
  halt.throwFailure()
}

function askJudge(asking: Asking, presentations: readonly Presentation[]): Promise<void> {
  const { judge } = asking.request
  if ('answer' in judge) return askOwn(judge, presentations, asking)
  if ('collect' in judge) return askBulk(judge, presentations, asking)
  return askService(judge, presentations, asking)
}

function askingOf(
  { request, budget, halt, tally, tell, clock }: Parts,
  writer: JudgmentWriter,
  unlogged: Unlogged,
): Asking {
  const { onJudgment, run, judge } = request
  const prices = pricesOf(request)
  const isPaidByCall = 'send' in judge
  let sinceBreath = 0
  const progress = (): RunProgress => tally.progress(clock.elapsedMs())
  const record: Asking['record'] = async (presentation, made) => {
    const judgment = judgmentOf(presentation, made, clock, run)
    writer.add(judgment)
    if (isPaidByCall && !made.cached) unlogged.logged(made.attempts ?? 1, usdOf(made, prices))
    tally.add(judgment)
    onJudgment?.(judgment)
    tell.maybe()
    if (++sinceBreath % BREATH === 0) await setImmediate()
  }
  return {
    request,
    halt,
    clock,
    budget,
    gates: request.gates ?? createServiceGates(clock),
    retries: request.retries ?? RETRY_POLICY,
    random: request.random ?? createNumpyRandom(seedOf(request.manifest.runId)).randomSample,
    unlogged,
    breaker: createCircuitBreaker(request.judge.name, { halt, progress, record }),
    progress,
    record,
    kept: writer.sync,
  }
}

/** What the log says that an answer cost. */
function usdOf({ usage }: Made, prices: TokenPrices | undefined): number {
  return usage === undefined || prices === undefined ? 0 : costUsd(usage, prices)
}

/** @throws {DatasetFormatError} if it could not be read back from the log: a bug of the judge that must not get there */
function judgmentOf({ id, ...shownAs }: Presentation, made: Made, clock: Clock, run: RunFolder): Judgment {
  const judgment: Judgment = { v: 1, presentationId: id, ...shownAs, ...made, at: clock.date().toISOString() }
  return isPlainJudgment(judgment) ? judgment : parseJudgment(judgment, { file: run.log })
}

interface Teller {
  /** Tells of the progress if it is time to. */
  readonly maybe: () => void
  /** Tells of it unless it was just told. */
  readonly last: () => RunProgress
}

function createTeller({ presentations, onProgress }: RunRequest, tally: RunTally, clock: Clock): Teller {
  const step = Math.max(1, Math.floor(presentations.length / 100))
  let since = 0
  let toldAtMs = clock.elapsedMs()
  let toldDone = -1
  const tell = (progress: RunProgress, nowMs: number): void => {
    since = 0
    toldAtMs = nowMs
    if (progress.done === toldDone) return
    toldDone = progress.done
    onProgress?.(progress)
  }
  return {
    maybe: () => {
      if (onProgress === undefined) return
      const nowMs = clock.elapsedMs()
      if (++since >= step || nowMs - toldAtMs >= PROGRESS_EVERY_MS) tell(tally.progress(nowMs), nowMs)
    },
    last: () => {
      const nowMs = clock.elapsedMs()
      const progress = tally.progress(nowMs)
      tell(progress, nowMs)
      return progress
    },
  }
}

function seedOf(text: string): number {
  return Number.parseInt(digestText(text).slice(0, 8), 16)
}
