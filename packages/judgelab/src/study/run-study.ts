import type { StudyResults, TuningResult } from '@judgelab/analysis'
import type { Study } from '@judgelab/core'
import { refuseLeaks } from '@judgelab/dpo'
import type { Progress } from '../terminal/progress.js'
import { auditGate } from './audit-step.js'
import { checkJudges, judge, type StudyContender, tunedJudge, untunedJudges } from './judge.js'
import { checkNotebooks, type LoadedStudy } from './load-study.js'
import { runMatrix } from './matrix/matrix-step.js'
import { openContext } from './open-context.js'
import { checkPairs } from './pairs-step.js'
import { prepareData } from './prepare.js'
import { renderStudyReport } from './report-steps.js'
import { computeResults, type JudgedRun } from './results-step.js'
import { checkTuning, tune } from './tune.js'

/** How a study is run. */
export interface RunStudyOptions {
  readonly progress: Progress
  /** Stops the study between two judgments or steps; the next start goes on where it was. */
  readonly signal: AbortSignal
  /** Execute the notebooks and render the page; defaults to true. */
  readonly withReport?: boolean | undefined
  /** Tune and judge what is missing; defaults to true. */
  readonly mayLabour?: boolean | undefined
}

/** What a study came to. */
export interface StudyOutcome {
  readonly results: StudyResults
  readonly runs: readonly JudgedRun[]
  /** The page, where it was asked for. */
  readonly page: string | undefined
}

/**
 * Runs a study step by step: benchmark, split, pairs, audit (where the study asks for one), tuning, judging, results,
 * notebooks, page. A step whose inputs did not change is not done again.
 *
 * @throws {ConfigError} naming the field, before anything is done, for what this version does not run
 * @throws the signal's reason when it is stopped; an Error with every leak where the study makes its audit a gate, and
 *   for pairs that show what is judged, unless the study says otherwise (`pairs.leaks`)
 */
export async function runStudy(
  loaded: LoadedStudy,
  { progress, signal, withReport = true, mayLabour = true }: RunStudyOptions,
): Promise<StudyOutcome> {
  checkStudy(loaded.study)
  if (withReport) await checkNotebooks(loaded)
  const context = await openContext(loaded, { progress, signal, mayLabour })
  const data = await prepareData(context)
  const audit = await auditGate(context, data)
  if (data.pairs !== null && loaded.study.tuning.length > 0) refuseLeaks(data.pairs.card.leaks)
  const tuning: TuningResult[] = []
  const contenders: StudyContender[] = await untunedJudges(context, data.benchmark)
  for (const parameters of loaded.study.tuning) {
    if (data.pairs === null) break
    const { policy, result } = await tune(context, parameters, data.pairs)
    tuning.push(result)
    contenders.push(await tunedJudge(context, parameters.name, { policy, benchmark: data.benchmark }))
  }
  const runs: JudgedRun[] = []
  for (const contender of contenders) runs.push({ contender, run: await judge(context, contender, data) })
  const cells = await runMatrix(context, data)
  const results = await computeResults(context, data, { runs, tuning, audit, cells })
  const page = withReport ? await renderStudyReport(context, data, runs, results) : undefined
  return { results, runs, page }
}

/** What a study asks for and this version does not do is refused at once, not after the work before it. */
function checkStudy(study: Study): void {
  checkJudges(study)
  checkPairs(study)
  checkTuning(study)
}
