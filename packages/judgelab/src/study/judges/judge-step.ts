import { digestText, type Example, type RunFolder, type RunManifest, runFolder } from '@judgelab/core'
import { splitFingerprint } from '@judgelab/datasets'
import {
  type Judge,
  presentationsDigest,
  presentComparisons,
  type RunReport,
  runIdOf,
  runJudge,
  show,
} from '@judgelab/judges'
import { doStep, type StudyContext } from '../context.js'
import type { StudyData } from '../prepare.js'
import type { StudyContender } from './contenders.js'

/** A run of a contender over the study's comparisons. */
export interface StudyRun {
  readonly runId: string
  readonly folder: RunFolder
}

/** Asks a contender for every comparison that it has not judged yet. @throws {Error} saying why, when it stops before all is judged */
export async function judgeAll(context: StudyContext, contender: StudyContender, data: StudyData): Promise<StudyRun> {
  const { judge, repeats, firstRepeat } = contender
  const { study, project } = context.loaded
  const examples = new Map(data.benchmark.examples.map((example) => [example.id, example]))
  const { orders, orderSeed } = study.evaluation
  const presentations = presentComparisons(
    data.comparisons,
    { mode: judge.spec.mode, orders, orderSeed, repeats, firstRepeat },
    ({ exampleId }) => examples.get(exampleId) as Example,
  )
  const runId = runIdOf(judge, data.benchmark.fingerprint, presentations)
  const folder = context.runFolder ?? runFolder(project.runs, runId)
  const reference = judge.spec.asking?.reference
  await doStep(context, {
    name: `judge:${contender.name}`,
    title: `Judging with ${contender.name}`,
    inputs: { runId },
    isForced: context.retryFailed,
    outputs: [folder.manifest, folder.log],
    isLabour: true,
    run: async () => {
      const report = await runJudge({
        judge,
        presentations,
        show: (presentation) => show(presentation, examples.get(presentation.exampleId) as Example, { reference }),
        run: folder,
        manifest: manifestOf(context, judge, data, {
          runId,
          count: presentations.length,
          sha256: presentationsDigest(presentations),
        }),
        ...(await context.means()),
        retryFailed: context.retryFailed,
        signal: context.signal,
        onProgress: ({ done, total }) => context.progress.advance(done, total, 'judgments'),
      })
      throwWhereStopped(context, report)
      return reportLine(report, runId)
    },
  })
  return { runId, folder }
}

/** @throws the signal's reason, or an Error with what the run says of why it stopped */
function throwWhereStopped({ signal }: StudyContext, { isComplete, stopped, done, total }: RunReport): void {
  if (isComplete) return
  signal.throwIfAborted()
  const why = stopped !== undefined && 'message' in stopped ? stopped.message : 'it stopped'
  throw new Error(`${why} (${done} of ${total} judgments are kept; the next start asks for the rest)`)
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
  judge: Judge,
  data: StudyData,
  run: { readonly runId: string; readonly count: number; readonly sha256: string },
): Omit<RunManifest, 'completedAt'> {
  const { seed } = judge.spec.settings
  return {
    ...runSetting(context, data),
    runId: run.runId,
    judge: { ...judge.spec, id: judge.id, name: judge.name },
    promptSha256: judge.spec.prompt === undefined ? null : digestText(judge.spec.prompt),
    ...('prices' in judge && judge.prices !== undefined ? { prices: judge.prices } : {}),
    presentations: { count: run.count, sha256: run.sha256 },
    seed: typeof seed === 'number' ? seed : null,
    rehearsed: context.standIn !== undefined && !('answer' in judge),
  }
}

/** What every run of a study says of where it comes from. */
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
    software,
    git,
    startedAt: new Date().toISOString(),
  }
}
