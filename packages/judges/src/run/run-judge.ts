import { existsSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import {
  cutTornLine,
  JudgeCallError,
  type Judgment,
  loadJudgments,
  loadRunManifest,
  ownRun,
  type Presentation,
  parseJudgment,
  type RunFolder,
  type RunManifest,
  type ShownPresentation,
  saveJson,
} from '@judgelab/core'
import type { Answer, OwnJudge } from '../judge.js'
import { openJudgmentWriter } from './judgment-writer.js'

/** One judge over one list of presentations, in a folder. */
export interface RunRequest {
  readonly judge: OwnJudge
  readonly presentations: readonly Presentation[]
  /** What the judge sees of a presentation; called once, when it is asked. */
  readonly show: (presentation: Presentation) => ShownPresentation
  readonly run: RunFolder
  /**
   * The manifest of a first start, but for `completedAt`, which the engine fills when every presentation has its judgment.
   * Of a run that goes on, the first manifest stays, and this one's time, git and software are added to it.
   */
  readonly manifest: Omit<RunManifest, 'completedAt' | 'resumed'>
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/** What a run came to. */
export interface RunReport {
  readonly judgments: readonly Judgment[]
  /** How many were asked now; the others had been answered before. */
  readonly asked: number
  /** False when the run was stopped by its signal; what was answered is kept. */
  readonly isComplete: boolean
}

/** How many calls go by before other work (signals, progress) gets its turn. */
const BREATH = 32

/**
 * Asks a judge for every presentation that has no judgment yet, and appends each answer to the run's log.
 *
 * A stopped or crashed run goes on where it was: a torn last line is cut off, what was answered is not asked again.
 *
 * @throws {RangeError} if there is nothing to ask (a run without presentations would look complete), something is to be
 *   asked twice, or the judge may have no call under way
 * @throws {DatasetFormatError} if the run was written by a newer judgelab, or a file of it is malformed; nothing is changed
 * @throws {Error} if another living process owns the run
 */
export async function runJudge(request: RunRequest): Promise<RunReport> {
  const { run, presentations, judge } = request
  if (presentations.length === 0)
    throw new RangeError(`runJudge needs at least 1 presentation, got 0 (${request.manifest.runId})`)
  const ids = new Set(presentations.map(({ id }) => id)).size
  if (ids < presentations.length)
    throw new RangeError(
      `runJudge needs ids that occur once, got ${ids} ids of ${presentations.length} presentations (${request.manifest.runId})`,
    )
  if (!Number.isInteger(judge.concurrency) || judge.concurrency < 1)
    throw new RangeError(`runJudge needs a concurrency of at least 1, got ${judge.concurrency} (${judge.name})`)
  const release = await ownRun(run)
  try {
    const begun = await manifestOnDisk(run)
    await cutTornLine(run.log)
    const before = await loadJudgments(run)
    const answered = new Set(before.map((judgment) => judgment.presentationId))
    const missing = presentations.filter(({ id }) => !answered.has(id))
    const manifest = manifestOf(request, begun, missing.length > 0)
    if (missing.length > 0) await saveJson(run.manifest, manifest)
    const asked = await askAll(request, missing)
    const isComplete = asked.length === missing.length
    if (isComplete && (missing.length > 0 || typeof begun?.completedAt !== 'string'))
      await saveJson(run.manifest, { ...manifest, completedAt: new Date().toISOString() })
    return { judgments: [...before, ...asked], asked: asked.length, isComplete }
  } finally {
    await release()
  }
}

/** The manifest that an earlier start left; a run that a newer judgelab wrote, or that is malformed, is not touched. */
async function manifestOnDisk(run: RunFolder): Promise<RunManifest | undefined> {
  return existsSync(run.manifest) ? loadRunManifest(run) : undefined
}

/** The manifest while judgments are missing: who began the run stays in it, who asks again is added. */
function manifestOf({ manifest }: RunRequest, begun: RunManifest | undefined, isAsking: boolean): RunManifest {
  if (begun === undefined) return { ...manifest, completedAt: null }
  if (!isAsking) return begun
  const { startedAt: at, git, software } = manifest
  return { ...begun, resumed: [...(begun.resumed ?? []), { at, git, software }], completedAt: null }
}

/**
 * Asks for everything that is missing, `concurrency` calls at a time. When something breaks, calls that are under way are
 * waited for and their answers kept, no new ones are made, and the first error is thrown.
 */
async function askAll(request: RunRequest, missing: readonly Presentation[]): Promise<Judgment[]> {
  if (missing.length === 0) return []
  const { judge, signal, onProgress } = request
  const total = request.presentations.length
  const writer = await openJudgmentWriter(request.run)
  const judgments: Judgment[] = []
  const broken: unknown[] = []
  const queue = missing.values()
  const isStopped = (): boolean => signal?.aborted === true || broken.length > 0
  const work = async (): Promise<void> => {
    while (!isStopped()) {
      const next = queue.next()
      if (next.done) return
      const judgment = await askOne(request, next.value)
      if (signal?.aborted && judgment.outcome.kind === 'failed') return
      await writer.add(judgment)
      judgments.push(judgment)
      onProgress?.(total - missing.length + judgments.length, total)
      if (judgments.length % BREATH === 0) await setImmediate()
    }
  }
  const guarded = (): Promise<void> => work().catch((error: unknown) => void broken.push(error))
  await Promise.all(Array.from({ length: Math.min(judge.concurrency, missing.length) }, guarded))
  await writer.close().catch((error: unknown) => broken.unshift(error))
  if (broken.length > 0) throw broken[0]
  return judgments
}

/** @throws {DatasetFormatError} if the answer could not be read back from the log: a bug of the judge that must not get there */
async function askOne({ judge, show, signal, run }: RunRequest, presentation: Presentation): Promise<Judgment> {
  const started = performance.now()
  const answer = await answerOf(judge, presentation, show(presentation), signal)
  const { id: presentationId, ...shownAs } = presentation
  const judgment: Judgment = {
    v: 1,
    presentationId,
    ...shownAs,
    ...answer,
    latencyMs: Math.round((performance.now() - started) * 1000) / 1000,
    at: new Date().toISOString(),
  }
  return parseJudgment(judgment, { file: run.log })
}

async function answerOf(
  judge: OwnJudge,
  { id }: Presentation,
  shown: ShownPresentation,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    return await judge.answer({ presentationId: id, shown, signal })
  } catch (error) {
    if (!(error instanceof JudgeCallError)) throw error
    return { outcome: { kind: 'failed', reason: 'error', detail: error.message } }
  }
}
