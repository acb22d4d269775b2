import {
  type ContrastResult,
  contenders,
  intervalOf,
  labelOf,
  measuredJudges,
  policyWords,
  type StudyResults,
  syntheticWords,
} from '@judgelab/analysis'
import { type HeatmapRow, heatmapChart } from '../charts/heatmap-chart.js'
import { type ParetoRow, paretoChart, paretoFront } from '../charts/pareto-chart.js'
import { positionChart } from '../charts/position-chart.js'
import { powerChart } from '../charts/power-chart.js'
import { reliabilityChart } from '../charts/reliability-chart.js'
import type { VegaLiteSpec } from '../charts/vega-lite-spec.js'
import { formatInteger, formatPercent } from '../format/numbers.js'
import { powerSentence, reliabilitySentence } from '../sentences/measure-sentences.js'
import { listed } from '../sentences/subset-sentence.js'
import { familyOf, judgeColours } from './judge-colours.js'

/** Accuracy of every judge that is no null baseline in every subset. */
export function heatmapFigure(results: StudyResults, names: readonly string[] = contenders(results)): VegaLiteSpec {
  const { ties } = results.evaluation
  const rows = results.judges
    .filter(({ name, kind }) => names.includes(name) && kind !== 'repeat')
    .flatMap(({ label, subsets }) =>
      subsets.map(({ subset, accuracy }): HeatmapRow => {
        const { value, low, high, n } = intervalOf(accuracy[ties]) ?? {
          value: Number.NaN,
          low: Number.NaN,
          high: Number.NaN,
          n: 0,
        }
        return { judge: label, subset, accuracy: value, low, high, n: n ?? 0 }
      }),
    )
  const known = rows.filter(({ accuracy }) => Number.isFinite(accuracy)).toSorted((a, b) => a.accuracy - b.accuracy)
  const [least, most] = [known[0], known.at(-1)]
  const range =
    least === undefined || most === undefined
      ? 'No subset has an accuracy.'
      : `From ${formatPercent(least.accuracy)} % (${least.judge} in ${least.subset}) to ${formatPercent(most.accuracy)} % (${most.judge} in ${most.subset}).`
  return heatmapChart(rows, { finding: `${range} ${policyWords(results)}` })
}

/** Confidence against share right of every judge that gives probabilities; undefined where none does. */
export function reliabilityFigure(results: StudyResults): VegaLiteSpec | undefined {
  const rows = measuredJudges(results).flatMap(({ label, kind, bias }) =>
    bias.calibration.bins.map(({ low, high, ...bin }) => ({
      judge: label,
      isTuned: kind === 'tuned',
      ...bin,
      low: low ?? Number.NaN,
      high: high ?? Number.NaN,
    })),
  )
  if (rows.length === 0) return undefined
  return reliabilityChart(rows, {
    finding: `${reliabilitySentence(results)}${syntheticWords(results)}`,
    colours: judgeColours(results),
  })
}

/** Accuracy over cost: measured where it is, else by list price; undefined where no judge has one. */
export function paretoFigure(results: StudyResults): VegaLiteSpec | undefined {
  const { ties } = results.evaluation
  const judges = measuredJudges(results)
  const isMeasured = judges.filter(({ cost }) => (cost.usdPerThousand ?? 0) > 0).length > 1
  const rows = judges.flatMap(({ name, label, kind, accuracy, cost }): ParetoRow[] => {
    const interval = intervalOf(accuracy[ties])
    const price = isMeasured ? cost.usdPerThousand : (cost.list?.blended ?? null)
    if (interval === null || price === null || price <= 0) return []
    const { value, low, high } = interval
    return [
      { judge: familyOf(results, name), label, cost: price, accuracy: value, low, high, isTuned: kind === 'tuned' },
    ]
  })
  if (rows.length === 0) return undefined
  const left = judges.length - rows.length
  const front = listed(paretoFront(rows).map(({ label }) => label))
  const note = left === 0 ? '' : ` ${left} of ${judges.length} judges have no cost and are not drawn.`
  return paretoChart(rows, {
    finding: `No judge is both cheaper and more accurate than ${front}, by the rates themselves; where intervals overlap the order may be another.${note} ${policyWords(results)}${results.study.rehearsed ? ' Its tokens are not the models’.' : ''}`,
    axisTitle: isMeasured
      ? 'USD for a thousand judgments'
      : 'List price, USD for a million tokens, 9 input to 1 output',
    colours: judgeColours(results),
  })
}

/** The power of a contrast over true differences; undefined where power is not given. */
export function powerFigure(results: StudyResults, contrast: ContrastResult): VegaLiteSpec | undefined {
  const { power, primary } = contrast
  if (power === null) return undefined
  return powerChart(power.curve, {
    finding: `${labelOf(results, contrast.judge)} against ${labelOf(results, contrast.against)}. ${powerSentence(results, contrast)} Lines: n = ${formatInteger(primary.n)}, twice and four times as many.${syntheticWords(results)}`,
    observed: primary.difference.value ?? undefined,
  })
}

/** How many comparisons each judge decided by position, null baselines among them. */
export function positionFigure(results: StudyResults): VegaLiteSpec {
  const rows = results.judges
    .filter(({ kind, orders }) => kind !== 'repeat' && orders.n > 0)
    .map(({ label, orders }) => ({
      label,
      bothFirst: orders.bothFirst,
      bothSecond: orders.bothSecond,
      n: orders.n,
      p: orders.bothFirst + orders.bothSecond === 0 ? Number.NaN : (orders.positionP ?? Number.NaN),
    }))
  const moved = rows.filter(({ bothFirst, bothSecond }) => bothFirst + bothSecond > 0)
  const most = moved.toSorted((a, b) => (b.bothFirst + b.bothSecond) / b.n - (a.bothFirst + a.bothSecond) / a.n)[0]
  const words =
    most === undefined
      ? 'No judge decides any comparison by position.'
      : `${most.label} decides most by position: ${most.bothFirst + most.bothSecond} of ${most.n} comparisons.`
  return positionChart(rows, {
    finding: `${words} A judge that names the same slot in both orders names two different responses.${syntheticWords(results)}`,
  })
}
