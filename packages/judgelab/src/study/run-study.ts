import type { StudyResults, TuningResult } from '@judgelab/analysis'
import { refuseLeaks } from '@judgelab/dpo'
import { findChromium } from '@judgelab/report'
import { auditGate } from './audit-step.js'
import { type StudyContender, tunedJudge, untunedJudges } from './judges/contenders.js'
import { judgeAll } from './judges/judge-step.js'
import { judgeInLockstep } from './judges/lockstep-step.js'
import { checkJudges } from './judges/make-judge.js'
import { checkNotebooks, type LoadedStudy } from './load-study.js'
import { runMatrix } from './matrix/matrix-step.js'
import { type ContextBase, type ContextOptions, contextBase, withContext } from './open-context.js'
import { checkPairs } from './pairs-step.js'
import { prepareData } from './prepare.js'
import { renderStudyReport } from './report-steps.js'
import { computeResults, type JudgedRun } from './results-step.js'
import { checkTuning } from './tuning/check-tuning.js'
import { type Tuned, tune } from './tuning/tune.js'
import { withPlaces } from './with-places.js'

/** How a study is run. */
export interface RunStudyOptions extends Omit<ContextOptions, 'mayLabour'> {
  /** Execute the notebooks and render the page; defaults to true. */
  readonly withReport?: boolean | undefined
  /** Print the pages as a PDF too, for which Chromium must be there; defaults to false. */
  readonly withPdf?: boolean | undefined
  /** Tune and judge what is missing; defaults to true. */
  readonly mayLabour?: boolean | undefined
}

/** What a study came to. */
export interface StudyOutcome {
  readonly results: StudyResults
  readonly runs: readonly JudgedRun[]
  /** The first page, where a report was asked for. */
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
  { withReport = true, withPdf = false, mayLabour = true, ...options }: RunStudyOptions,
): Promise<StudyOutcome> {
  const base = contextBase(loaded, options)
  await withPlaces(loaded, () => checkStudy(base))
  if (withReport) await checkNotebooks(loaded)
  if (withPdf) findChromium()
  return withContext(base, { ...options, mayLabour }, async (context) => {
    const data = await prepareData(context)
    const audit = await auditGate(context, data)
    if (data.pairs !== null && loaded.study.tuning.length > 0) refuseLeaks(data.pairs.card.leaks)
    const tuning: TuningResult[] = []
    const tunedByName = new Map<string, Tuned>()
    const contenders: StudyContender[] = await untunedJudges(context, data)
    for (const parameters of loaded.study.tuning) {
      if (data.pairs === null) break
      const tuned = await tune(context, parameters, data.pairs)
      tuning.push(tuned.result)
      tunedByName.set(parameters.name, tuned)
      contenders.push(await tunedJudge(context, data, parameters.name, tuned))
    }
    const lockstep = await judgeInLockstep(context, contenders, data)
    const judgedData = lockstep === undefined ? data : { ...data, comparisons: lockstep.comparisons }
    const runs: JudgedRun[] = []
    for (const contender of contenders) {
      const run = lockstep?.runs.get(contender.name) ?? (await judgeAll(context, contender, judgedData))
      runs.push({ contender, run })
    }
    const cells = await runMatrix(context, data, { runs, tuned: tunedByName })
    const results = await computeResults(context, judgedData, {
      runs,
      tuning,
      audit,
      cells,
      stopped: lockstep?.stopped,
    })
    const page = withReport ? await renderStudyReport(context, judgedData, { runs, results, withPdf }) : undefined
    return { results, runs, page }
  })
}

/** What a study asks for and this version does not do is refused at once, not after the work before it. */
async function checkStudy(base: ContextBase): Promise<void> {
  await checkJudges(base)
  checkPairs(base.loaded)
  checkTuning(base)
}
