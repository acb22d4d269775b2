import { proportionInterval } from '@judgelab/stats'
import type { Sureness } from '../accuracy.js'
import type { Judged } from '../judged.js'
import { macroAccuracy } from '../measures/averages.js'
import { calibrationOf } from '../measures/calibration.js'
import { judgeCost } from '../measures/cost.js'
import { lengthEffect, lengthReader } from '../measures/length-effect.js'
import { officialResult } from '../measures/official.js'
import { selfPreferences } from '../measures/self-preference.js'
import { verbosityOf } from '../measures/verbosity.js'
import { withoutFixedN } from '../stopped-early.js'
import type { StudyEvidence } from './build-results.js'
import { judgeType } from './judge-type.js'
import type { JudgeResult, MeasuredJudge } from './study-results.js'

/** A judge's result with everything that is measured beside its accuracy. */
export function measuredJudge(
  judged: Judged,
  result: JudgeResult,
  { study, benchmark, comparisons, registry }: StudyEvidence,
  sureness: Sureness,
): MeasuredJudge {
  const { judgments, verdicts, asks } = judged
  const { level } = sureness
  const ids = new Set(comparisons.map(({ exampleId }) => exampleId))
  const examples = benchmark.examples.filter(({ id }) => ids.has(id))
  const { consistent, n } = result.orders
  const { value, low, high } = proportionInterval(consistent, n, { level })
  const model = asks?.provider === 'local' ? null : (asks?.model ?? null)
  const bias: MeasuredJudge['bias'] = {
    consistency: n === 0 ? null : { value, low, high },
    length: lengthEffect(verdicts, lengthReader(examples), sureness),
    selfPreference: selfPreferences(verdicts, examples, { model, level }),
    verbosity: verbosityOf(judgments),
    calibration: calibrationOf(judgments, verdicts, level),
  }
  return {
    ...result,
    type: judgeType(judged, study, registry),
    macro: macroAccuracy(result.subsets.map(({ accuracy }) => accuracy[study.evaluation.ties])),
    official: officialResult(judged, examples, { ...study.evaluation, source: study.benchmark.source }),
    bias: sureness.isStoppedEarly === true ? withoutFixedN(bias) : bias,
    cost: judgeCost(judged, registry),
  }
}
