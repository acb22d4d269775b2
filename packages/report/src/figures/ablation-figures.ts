import {
  type AblationArm,
  type AblationCount,
  type AblationResult,
  ablationOf,
  axisWords,
  labelOf,
  levelText,
  type MeanAccuracy,
  policyWords,
  type StudyResults,
  seedRange,
  shortArmLabel,
  variedAxes,
} from '@judgelab/analysis'
import { type AccuracyRow, accuracyChart } from '../charts/accuracy-chart.js'
import type { CurveBandRow, CurveRow } from '../charts/curve-layers.js'
import { type CurvePanel, curvePanelsChart } from '../charts/curve-panels-chart.js'
import { learningCurveChart } from '../charts/learning-curve-chart.js'
import { type SubsetRow, subsetChart } from '../charts/subset-chart.js'
import { widestText } from '../charts/text-width.js'
import { FIGURE_FONT_SIZE } from '../charts/theme.js'
import type { VegaLiteSpec } from '../charts/vega-lite-spec.js'
import { formatInteger, formatPercent } from '../format/numbers.js'
import { countedComparisons } from '../sentences/counted-synthetic.js'
import { listed } from '../sentences/subset-sentence.js'
import { CHANCE } from './chance.js'

/**
 * What an ablation shows: the learning curve; a small one for each of several arms; or, where one number of pairs was
 * tried, which makes no curve, the accuracy of each arm.
 */
export function ablationFigure(results: StudyResults): VegaLiteSpec {
  const ablation = ablationOf(results)
  const [first] = ablation.arms
  if (first === undefined || !isCurve(ablation)) return armsFigure(results, ablation)
  return ablation.arms.length === 1 ? curveFigure(results, ablation, first) : armCurvesFigure(results, ablation)
}

/** True where some arm was tuned on more than one number of pairs. */
function isCurve({ arms }: AblationResult): boolean {
  return arms.some((arm) => tunedCounts(arm).length > 1)
}

function tunedCounts({ counts }: AblationArm): readonly AblationCount[] {
  return counts.filter(({ pairs }) => pairs > 0)
}

function curveFigure(results: StudyResults, ablation: AblationResult, arm: AblationArm): VegaLiteSpec {
  const untuned = untunedOf(arm)
  return learningCurveChart(seedRuns(arm), {
    finding: `${riseWords(results, ablation, arm)} ${curveWords(results, ablation)} ${policyWords(results)}`,
    measured: measured(arm),
    curve: arm.curve?.points ?? [],
    curveName: arm.curve?.fit.status === 'at bound' ? 'fit, at bound' : 'power law',
    baseline: untuned === undefined ? undefined : { value: untuned.accuracy.value, label: 'untuned' },
    chance: { value: CHANCE.value, label: 'a coin' },
  })
}

function armCurvesFigure(results: StudyResults, ablation: AblationResult): VegaLiteSpec {
  const panels = ablation.arms.map(
    (arm): CurvePanel => ({
      name: shortArmLabel(ablation, arm),
      n: arm.n,
      measured: measured(arm),
      runs: seedRuns(arm),
      curve: arm.curve?.points ?? [],
      baseline: untunedOf(arm)?.accuracy.value,
    }),
  )
  return curvePanelsChart(panels, {
    finding: `${labelOf(results, ablation.tuning)} by number of training pairs, one panel an arm${armNames(ablation)}. ${curveWords(results, ablation)} ${panelLines(ablation)} ${policyWords(results)}`,
    chance: CHANCE.value,
  })
}

/** From the fewest pairs to the most. */
function riseWords(results: StudyResults, ablation: AblationResult, arm: AblationArm): string {
  const [fewest, most] = [tunedCounts(arm)[0], tunedCounts(arm).at(-1)]
  if (fewest === undefined || most === undefined) return ''
  const rate = ({ accuracy, pairs }: AblationCount): string =>
    `${formatPercent(accuracy.value, arm.n)} % with ${formatInteger(pairs)} pairs`
  return `${labelOf(results, ablation.tuning)} goes from ${rate(fewest)} to ${rate(most)}, of ${countedComparisons(results, arm.n)}.`
}

/** What a point, its line and the faint lines are. */
function curveWords({ statistics }: StudyResults, ablation: AblationResult): string {
  const { most } = seedRange(ablation)
  const level = levelText(statistics.level)
  const band = bandWords(ablation)
  return most === 1
    ? `Points: the one seed of each number of pairs, with ${level} intervals for prompts alone.${band}`
    : `Points: means over ${most} seeds with ${level} intervals for prompts and seeds together; faint lines: each seed.${band}`
}

function bandWords({ arms }: AblationResult): string {
  const fits = arms.flatMap(({ curve }) => (curve === null ? [] : [curve.fit.status]))
  if (fits.length === 0) return ''
  const shaded = ' Shaded: the fitted power law with its pointwise band'
  const bound = fits.filter((status) => status === 'at bound').length
  if (bound === 0) return `${shaded}.`
  return `${shaded}${fits.length > 1 ? `; in ${bound} of ${fits.length} arms it` : ', which here'} ends at a bound of its exponent: a straight line or a step, from which no plateau can be read.`
}

function panelLines({ arms }: AblationResult): string {
  return arms.some((arm) => untunedOf(arm) !== undefined)
    ? 'Dashed lines: the untuned judge (coloured) and a coin for each comparison (grey).'
    : 'Dashed line: a coin for each comparison.'
}

function armNames(ablation: AblationResult): string {
  const axes = variedAxes(ablation)
  return axes.length < 2 ? '' : `, named by ${listed(axes.map((axis) => axisWords(ablation, axis)))}`
}

/** Every number of pairs of every arm as a dot; the untuned judge once. */
function armsFigure(results: StudyResults, ablation: AblationResult): VegaLiteSpec {
  const rows = ablation.arms.flatMap((arm) =>
    tunedCounts(arm).map((count) => accuracyRow(dotLabel(ablation, arm, count), 'tuned', count.accuracy, arm.n)),
  )
  const [first] = ablation.arms
  const untuned = first === undefined ? undefined : untunedOf(first)
  return accuracyChart(
    [...(first && untuned ? [accuracyRow('untuned', 'baseline', untuned.accuracy, first.n)] : []), ...rows],
    {
      finding: `${rangeWords(results, ablation)}${armNames(ablation) === '' ? '' : ` Arms are${armNames(ablation).slice(1)}.`} ${dotWords(ablation)} ${policyWords(results)}`,
      head: `% [${levelText(results.statistics.level)} interval]`,
      chance: CHANCE,
    },
  )
}

/** From the worst arm to the best. */
function rangeWords(results: StudyResults, ablation: AblationResult): string {
  const rated = ablation.arms.flatMap((arm) =>
    tunedCounts(arm).map((count) => ({ label: dotLabel(ablation, arm, count), value: count.accuracy.value, n: arm.n })),
  )
  const sorted = rated.filter(({ value }) => Number.isFinite(value)).toSorted((a, b) => a.value - b.value)
  const [worst, best] = [sorted[0], sorted.at(-1)]
  if (worst === undefined || best === undefined) return 'No comparison counts.'
  const rate = ({ label, value, n }: typeof worst): string => `${formatPercent(value, n)} % (${label})`
  const range = worst === best ? rate(best) : `${rate(worst)} to ${rate(best)}`
  return `${labelOf(results, ablation.tuning)} is right on ${range} of ${countedComparisons(results, best.n)}.`
}

function dotWords(ablation: AblationResult): string {
  const { most } = seedRange(ablation)
  return most === 1
    ? 'One seed each; intervals for prompts alone.'
    : `Means over ${most} seeds; intervals for prompts and seeds together.`
}

function dotLabel(ablation: AblationResult, arm: AblationArm, { pairs }: AblationCount): string {
  return shortArmLabel(ablation, arm) || `${formatInteger(pairs)} pairs`
}

function accuracyRow(label: string, kind: AccuracyRow['kind'], accuracy: MeanAccuracy, n: number): AccuracyRow {
  return { judge: kind, label, kind, accuracy: accuracy.value, ...limits(accuracy), n }
}

/** The same by subset: a small learning curve for each; where there is none, or there are several arms, dots. */
export function ablationSubsetFigure(results: StudyResults): VegaLiteSpec {
  const ablation = ablationOf(results)
  const [first] = ablation.arms
  if (first !== undefined && ablation.arms.length === 1 && isCurve(ablation))
    return subsetCurves(results, ablation, first)
  return subsetDots(results, ablation)
}

function subsetCurves(results: StudyResults, ablation: AblationResult, arm: AblationArm): VegaLiteSpec {
  const untuned = untunedOf(arm)
  const panels = subsetsOf(arm).map(
    ({ subset, n }): CurvePanel => ({
      name: subset,
      n,
      measured: tunedCounts(arm).flatMap((count) => {
        const accuracy = inSubset(count, subset)
        return accuracy === undefined ? [] : [{ pairs: count.pairs, value: accuracy.value, ...limits(accuracy) }]
      }),
      runs: [],
      curve: [],
      baseline: untuned === undefined ? undefined : inSubset(untuned, subset)?.value,
    }),
  )
  const { most } = seedRange(ablation)
  return curvePanelsChart(panels, {
    finding: `${labelOf(results, ablation.tuning)} by number of training pairs, one panel a subset: ${most === 1 ? 'the one seed' : `means over ${most} seeds`} with intervals, which are not corrected for the number of subsets. ${panelLines(ablation)} ${policyWords(results)}`,
    chance: CHANCE.value,
  })
}

function subsetDots(results: StudyResults, ablation: AblationResult): VegaLiteSpec {
  const [first] = ablation.arms
  const { arms, words } = armsBySubset(ablation)
  const untuned = first === undefined ? undefined : untunedOf(first)
  const rows = [
    ...(untuned === undefined ? [] : subsetRows('untuned', untuned, false)),
    ...arms.flatMap(({ name, count }) => subsetRows(name, count, true)),
  ]
  return subsetChart(rows, {
    finding: `${labelOf(results, ablation.tuning)} by subset, with the largest number of pairs.${words} ${dotWords(ablation)} ${policyWords(results)}`,
    chance: CHANCE.value,
  })
}

interface NamedArm {
  readonly name: string
  readonly label: string
  readonly count: AblationCount
}

/** How many arms a figure by subset has room for, and how wide their names may be, in px. */
const MOST_ARMS = 8
const WIDEST_NAME = 125

/** All arms, or of too many the first, the best and the worst; and what a caption says of them. */
function armsBySubset(ablation: AblationResult): { readonly arms: readonly NamedArm[]; readonly words: string } {
  const arms = ablation.arms.flatMap((arm): NamedArm[] => {
    const count = tunedCounts(arm).at(-1)
    if (count === undefined) return []
    const label = dotLabel(ablation, arm, count)
    return [{ name: label, label, count }]
  })
  if (arms.length > MOST_ARMS) {
    const sorted = arms.toSorted((a, b) => b.count.accuracy.value - a.count.accuracy.value)
    const roles = [arms[0], sorted[0], sorted.at(-1)].flatMap((arm, at) =>
      arm === undefined ? [] : [{ ...arm, name: ['first arm', 'best arm', 'worst arm'][at] as string }],
    )
    return { arms: roles, words: ` Of ${arms.length} arms three are shown: ${namesOf(roles)}; the table has all.` }
  }
  const isWide =
    widestText(
      arms.map(({ label }) => label),
      FIGURE_FONT_SIZE,
    ) > WIDEST_NAME
  if (!isWide) return { arms, words: armNames(ablation) === '' ? '' : ` Arms are${armNames(ablation).slice(1)}.` }
  const numbered = arms.map((arm, at) => ({ ...arm, name: `arm ${at + 1}` }))
  return { arms: numbered, words: ` Here ${namesOf(numbered)}.` }
}

function namesOf(arms: readonly NamedArm[]): string {
  return listed(arms.map(({ name, label }) => `${name} is ${label}`))
}

function subsetRows(label: string, { subsets }: AblationCount, isTuned: boolean): SubsetRow[] {
  return subsets.map(({ subset, n, accuracy }) => ({
    subset,
    judge: label,
    accuracy: accuracy.value,
    ...limits(accuracy),
    n,
    isTuned,
  }))
}

function subsetsOf({ counts }: AblationArm): readonly { readonly subset: string; readonly n: number }[] {
  return counts[0]?.subsets ?? []
}

function inSubset({ subsets }: AblationCount, subset: string): MeanAccuracy | undefined {
  return subsets.find((held) => held.subset === subset)?.accuracy
}

function untunedOf({ counts }: AblationArm): AblationCount | undefined {
  return counts.find(({ pairs }) => pairs === 0)
}

function measured(arm: AblationArm): CurveBandRow[] {
  return tunedCounts(arm).map(({ pairs, accuracy }) => ({ pairs, value: accuracy.value, ...limits(accuracy) }))
}

/** Every seed's run; none where there is one seed, whose run is the point itself. */
function seedRuns(arm: AblationArm): CurveRow[] {
  const counts = tunedCounts(arm).filter(({ runs }) => runs.length > 1)
  return counts.flatMap(({ pairs, runs }) => runs.map(({ seed, accuracy }) => ({ pairs, seed, accuracy })))
}

function limits({ low, high }: MeanAccuracy): { readonly low: number; readonly high: number } {
  return { low: low ?? Number.NaN, high: high ?? Number.NaN }
}
