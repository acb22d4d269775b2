import {
  type Comparison,
  digestText,
  type Example,
  LONG_LIST,
  type Presentation,
  type RunFolder,
  type RunManifest,
  runFolder,
} from '@judgelab/core'
import { splitFingerprint } from '@judgelab/datasets'
import {
  type AskedPresentations,
  createKeyTable,
  presentationsDigest,
  presentComparisons,
  type RunProgress,
  type RunReport,
  type RunRequest,
  runIdOf,
  runJudge,
  type Stopped,
  show,
} from '@judgelab/judges'
import { doStep, type StudyContext } from '../context.js'
import type { StudyData } from '../prepare.js'
import { withoutEmulator } from '../provenance.js'
import { type AgreementSoFar, agreementSoFar } from './agreement-so-far.js'
import { noting } from './asked-by.js'
import type { StudyContender } from './contenders.js'
import { HandedOffError } from './handed-off.js'
import { type AskedRun, onEndpoint } from './on-endpoint.js'

/** A run of a contender over the study's comparisons. */
export interface StudyRun {
  readonly runId: string
  readonly folder: RunFolder
}

/** Asks a contender for every comparison that it has not judged yet. @throws {Error} saying why, when it stops before all is judged */
export async function judgeAll(context: StudyContext, contender: StudyContender, data: StudyData): Promise<StudyRun> {
  const { run } = runOf(context, contender, data)
  await doStep(context, {
    name: `judge:${contender.name}`,
    title: `Judging with ${contender.name}`,
    inputs: { runId: run.runId },
    outputs: [run.folder.manifest, run.folder.log],
    isLabour: true,
    isForced: context.retryFailed,
    run: async () => {
      const agreement = watchAgreement(context, contender, data)
      const request = await runRequestOf(context, contender, data)
      return onEndpoint(context, contender, request, async (asked) => {
        const report = await runJudge({
          ...asked.request,
          onJudgment: agreement?.add,
          onProgress: (progress) =>
            context.progress.advance(
              progress.done,
              progress.total,
              'judgments',
              noteOf(withRent(progress, asked), agreement),
            ),
        })
        throwWhereStopped(context, asked.request, report)
        return reportLine(withRent(report, asked), run.runId)
      })
    },
  })
  return run
}

/** Where a run is paid by the minute, the minutes of this start are what it costs. */
function withRent<T extends RunProgress>(progress: T, { rentUsd }: AskedRun): T {
  return rentUsd === undefined ? progress : { ...progress, costUsd: rentUsd() }
}

/** Where a contender's run over the study's comparisons is, and what it asks. */
export function runOf(
  context: StudyContext,
  contender: StudyContender,
  { benchmark, comparisons }: StudyData,
): { readonly run: StudyRun; readonly presentations: readonly Presentation[]; readonly sha256: string } {
  const presentations = presentComparisons(comparisons, askedOf(context, contender), exampleFinder(benchmark))
  const sha256 = presentationsDigest(presentations)
  const runId = runIdOf(contender.judge, benchmark.fingerprint, sha256)
  const folder = context.runFolder ?? runFolder(context.loaded.project.runs, runId)
  return { run: { runId, folder }, presentations, sha256 }
}

/** Everything that the run engine needs to make a contender's run. */
export async function runRequestOf(
  context: StudyContext,
  contender: StudyContender,
  data: StudyData,
): Promise<RunRequest> {
  const { judge } = contender
  const { run, presentations, sha256 } = runOf(context, contender, data)
  const exampleOf = exampleFinder(data.benchmark)
  const reference = judge.spec.asking?.reference
  const count = presentations.length
  const { study, request } = context.loaded
  return {
    judge: noting(judge, { study: study.name, request }),
    presentations,
    show: (presentation) => show(presentation, exampleOf(presentation), { reference }),
    run: run.folder,
    manifest: manifestOf(context, contender, data, { runId: run.runId, count, sha256 }),
    ...(await context.means()),
    retryFailed: context.retryFailed,
    signal: context.signal,
    onStatus: context.progress.say,
  }
}

type FindExample = (of: { readonly exampleId: string }) => Example

/** Of each list of examples one finder: of a million, it is large. */
const FINDERS = new WeakMap<readonly Example[], FindExample>()

function exampleFinder({ examples }: StudyData['benchmark']): FindExample {
  const known = FINDERS.get(examples)
  if (known !== undefined) return known
  const ids = createKeyTable() // Ids occur once, and are numbered in their order: a number is a row.
  for (const { id } of examples) ids.add(digestText(id))
  const find: FindExample = ({ exampleId }) => examples[ids.numberOf(digestText(exampleId)) as number] as Example
  FINDERS.set(examples, find)
  return find
}

/** What is asked of every comparison. */
export function askedOf({ loaded }: StudyContext, { judge, repeats, firstRepeat }: StudyContender): AskedPresentations {
  const { orders, orderSeed } = loaded.study.evaluation
  return { mode: judge.spec.mode, orders, orderSeed, repeats, firstRepeat }
}

/**
 * Agreement while the run goes on; none of a judge in this process, which is done before anybody looks, and none over so many
 * comparisons that watching them would take more memory than judging them.
 */
function watchAgreement(
  context: StudyContext,
  contender: StudyContender,
  { benchmark, comparisons }: StudyData,
): AgreementSoFar | undefined {
  if ('answer' in contender.judge || comparisons.length >= LONG_LIST) return undefined
  const { rule, ties, failures } = context.loaded.study.evaluation
  const asked = askedOf(context, contender)
  const exampleOf = exampleFinder(benchmark)
  const needed = (comparison: Comparison): string[] =>
    presentComparisons([comparison], asked, exampleOf).map(({ id }) => id)
  return agreementSoFar(comparisons, needed, {
    rule,
    ties,
    failures,
    asked: { ...asked, consistency: contender.consistency },
  })
}

/** What a watcher wants to know beside the count: agreement, failures by reason, cost. */
function noteOf({ failures, costUsd }: RunProgress, agreement: AgreementSoFar | undefined): string {
  const failed = Object.entries(failures).map(([reason, count]) => `${count} ${reason}`)
  return [
    agreement?.text() ?? '',
    ...(failed.length === 0 ? [] : [`failed: ${failed.join(', ')}`]),
    ...(costUsd === undefined || costUsd === 0 ? [] : [`${costUsd.toFixed(costUsd < 1 ? 4 : 2)} USD`]),
  ]
    .filter((part) => part !== '')
    .join('; ')
}

/** @throws the study's signal's reason, a HandedOffError, or an Error with why the run stopped */
function throwWhereStopped(
  { signal }: StudyContext,
  request: RunRequest,
  { isComplete, stopped, done, total }: RunReport,
): void {
  if (isComplete) return
  signal.throwIfAborted()
  const kept = `${done} of ${total} judgments are kept; the next start asks for the rest`
  if (stopped?.by === 'hand-off') throw new HandedOffError(`${stopped.message} (${kept})`)
  throw new Error(`${whyStopped(stopped, request)} (${kept})`)
}

/** Why a run stopped that the study's signal did not stop: in its own words, or by the reason of its own signal. */
function whyStopped(stopped: Stopped | undefined, { signal }: RunRequest): string {
  if (stopped !== undefined && 'message' in stopped) return stopped.message
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason.message : 'it stopped'
}

function reportLine({ done, asked, cached, failures, costUsd }: RunReport, runId: string): string {
  const failed = Object.values(failures).reduce((sum, count) => sum + count, 0)
  const said = [
    `${done} judgments${done > asked ? `, ${done - asked} of them from before` : ''}`,
    ...(cached > 0 ? [`${cached} from the cache`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(costUsd === undefined || costUsd === 0 ? [] : [`${costUsd.toFixed(costUsd < 1 ? 4 : 2)} USD`]),
  ]
  return `${said.join(', ')} in ${runId}`
}

function manifestOf(
  context: StudyContext,
  { judge, endpoint }: StudyContender,
  data: StudyData,
  run: { readonly runId: string; readonly count: number; readonly sha256: string },
): Omit<RunManifest, 'completedAt'> {
  const { seed } = judge.spec.settings
  const { stopping } = context.loaded.study
  const rehearsed = context.standIn !== undefined && !('answer' in judge)
  return {
    ...runSetting(context, data),
    ...(rehearsed ? { rehearsed, software: context.software } : {}),
    runId: run.runId,
    judge: { ...judge.spec, id: judge.id, name: judge.name },
    promptSha256: judge.spec.prompt === undefined ? null : digestText(judge.spec.prompt),
    ...('prices' in judge && judge.prices !== undefined && endpoint === undefined ? { prices: judge.prices } : {}),
    ...('collect' in judge && judge.engine !== undefined ? { engine: judge.engine } : {}),
    ...(stopping === undefined ? {} : { stopping: { judge: stopping.judge, against: stopping.against } }),
    presentations: { count: run.count, sha256: run.sha256 },
    seed: typeof seed === 'number' ? seed : null,
  }
}

/** What every run of a study says of where it comes from; of one in a rehearsal, only if no emulator answered. */
export function runSetting(
  { loaded: { study }, software, git }: StudyContext,
  { benchmark, split }: StudyData,
): Omit<RunManifest, 'completedAt' | 'resumed' | 'runId' | 'judge' | 'presentations' | 'promptSha256' | 'seed'> {
  return {
    formatVersion: 1,
    study: study.name,
    dataset: {
      name: benchmark.name,
      fingerprint: benchmark.fingerprint,
      synthetic: benchmark.synthetic,
      examples: benchmark.examples.length,
    },
    split:
      split.method === 'none'
        ? null
        : { method: split.method, side: study.evaluation.side, seed: split.seed, fingerprint: splitFingerprint(split) },
    rehearsed: false,
    software: withoutEmulator(software),
    git,
    startedAt: new Date().toISOString(),
  }
}
