import type { Claim, ClaimJudge } from '@judgelab/core'
import { clusteredMean, mcnemar, pairedDifference, proportionInterval, type ValueRange } from '@judgelab/stats'
import { holmOver } from '../contrast.js'
import { claimPlanning, type PlanningRow } from './claim-planning.js'
import { type CountRange, overlapOf, type PrintedFigure, printedFigure, sumOfRanges } from './printed-count.js'
import { type PrintedStratum, type TableBounds, tableBounds } from './table-bounds.js'

/** What a published comparison can and cannot support. Every rate and difference is in [0, 1] or [−1, 1]. */
export interface ClaimResult {
  readonly formatVersion: 1
  readonly title: string
  readonly source: string | null
  readonly n: number
  readonly level: number
  readonly alpha: number
  readonly subsets: readonly { readonly subset: string; readonly n: number }[]
  readonly judges: readonly ClaimedJudge[]
  readonly contrasts: readonly ClaimedContrast[]
  /** What cannot be as it is printed; comparisons that would need it are left out. */
  readonly problems: readonly ClaimProblem[]
}

/** One judge as printed. */
export interface ClaimedJudge {
  readonly name: string
  readonly label: string
  /** The printed total; null where only subsets are printed. */
  readonly printed: PrintedFigure | null
  /** Total of right answers that the print allows; null where it is impossible. */
  readonly counts: CountRange | null
  readonly accuracy: ClaimedRate | null
  readonly ties: number | null
  /** With a tie as half a right answer; null where ties are not printed or the total is not one number. */
  readonly half: ClaimedRate | null
  /** Of the comparisons that were not tied, and how many these are. */
  readonly excluded: (ClaimedRate & { readonly n: number }) | null
  readonly subsets: readonly ClaimedSubset[]
}

/** A rate with its interval: from the lowest limit to the highest over the counts that the print allows. */
export interface ClaimedRate {
  readonly value: ValueRange
  readonly low: number
  readonly high: number
}

/** One judge's figure for one subset. */
export interface ClaimedSubset {
  readonly subset: string
  readonly n: number
  readonly printed: PrintedFigure
  readonly accuracy: ClaimedRate | null
}

/** Two judges, as far as what is printed goes. */
export interface ClaimedContrast extends TableBounds {
  readonly judge: string
  readonly against: string
  /** What a paired table would say at each number of discordant comparisons; at most 61 rows; none where the counts are not known. */
  readonly curve: readonly CurveRow[]
  /** As if the judges' errors had nothing to do with each other within a subset; null where the counts are not known. */
  readonly independent: CurveRow | null
  readonly planning: readonly PlanningRow[]
  /** The same within each subset that both judges have; p with its range adjusted by Holm over these subsets. */
  readonly subsets: readonly (TableBounds & { readonly subset: string; readonly adjustedP: ValueRange })[]
}

/** What McNemar's exact test and Tango's interval say at one number of discordant comparisons. */
export interface CurveRow {
  readonly discordant: number
  readonly p: number
  readonly low: number
  readonly high: number
}

/** A printed figure that cannot be, or figures that do not fit each other. */
export interface ClaimProblem {
  readonly kind: 'impossible percentage' | 'total and subsets disagree'
  readonly judge: string
  /** null for the total. */
  readonly subset: string | null
  readonly printed: PrintedFigure | null
  /** What the subsets add up to, for a disagreement. */
  readonly sum: CountRange | null
}

/** Works out what a claim's figures allow. @throws {RangeError} if percentages leave too many counts to enumerate */
export function claimResult(claim: Claim): ClaimResult {
  const alpha = Number((1 - claim.level).toPrecision(12))
  const read = claim.judges.map((judge) => readJudge(claim, judge))
  const byName = new Map(read.map((held) => [held.judge.name, held]))
  return {
    formatVersion: 1,
    title: claim.title,
    source: claim.source ?? null,
    n: claim.n,
    level: claim.level,
    alpha,
    subsets: Object.entries(claim.subsets ?? {}).map(([subset, n]) => ({ subset, n })),
    judges: read.map(({ judge }) => judge),
    contrasts: claim.contrasts.flatMap(({ judge, against }) =>
      contrastOf(claim, byName.get(judge) as ReadJudge, byName.get(against) as ReadJudge),
    ),
    problems: read.flatMap(({ problems }) => problems),
  }
}

/** A judge's figures, and what is wrong with them. */
interface ReadJudge {
  readonly judge: ClaimedJudge
  /** Counts by subset, in the claim's order; null where they are not printed or one is impossible. */
  readonly strata: readonly CountRange[] | null
  readonly problems: readonly ClaimProblem[]
}

function readJudge({ n, subsets = {}, level }: Claim, asked: ClaimJudge): ReadJudge {
  const printed = asked.correct === undefined ? null : printedFigure(asked.correct, n)
  const own = asked.subsets
  const figures =
    own === undefined
      ? []
      : Object.entries(subsets).map(([subset, size]) => ({
          subset,
          figure: printedFigure(own[subset] as number | string, size),
        }))
  const strata = figures.flatMap(({ figure }) => figure.counts ?? [])
  const hasStrata = figures.length > 0 && strata.length === figures.length
  const sum = hasStrata ? sumOfRanges(strata) : null
  const counts =
    printed === null ? sum : sum === null ? printed.counts : printed.counts && overlapOf(printed.counts, sum)
  const impossible = [{ subset: null, figure: printed }, ...figures].flatMap(({ subset, figure }): ClaimProblem[] =>
    figure === null || figure.counts !== null
      ? []
      : [{ kind: 'impossible percentage', judge: asked.name, subset, printed: figure, sum: null }],
  )
  const disagree: ClaimProblem[] =
    printed?.counts && sum && counts === null
      ? [{ kind: 'total and subsets disagree', judge: asked.name, subset: null, printed, sum }]
      : []
  return {
    judge: {
      name: asked.name,
      label: asked.label,
      printed,
      counts,
      accuracy: counts && rateOf(counts, n, level),
      ties: asked.ties ?? null,
      ...tieRates(counts, asked.ties, n, level),
      subsets: figures.map(({ subset, figure }) => ({
        subset,
        n: figure.n,
        printed: figure,
        accuracy: figure.counts && rateOf(figure.counts, figure.n, level),
      })),
    },
    strata: hasStrata ? strata : null,
    problems: [...impossible, ...disagree],
  }
}

function rateOf({ low, high }: CountRange, n: number, level: number): ClaimedRate {
  const [least, most] = [proportionInterval(low, n, { level }), proportionInterval(high, n, { level })]
  return { value: { min: least.value, max: most.value }, low: least.low, high: most.high }
}

/** Half credit with the interval of a mean, and the decided comparisons alone with Wilson's. */
function tieRates(
  counts: CountRange | null,
  ties: number | undefined,
  n: number,
  level: number,
): Pick<ClaimedJudge, 'half' | 'excluded'> {
  if (counts === null || counts.low !== counts.high || ties === undefined) return { half: null, excluded: null }
  const correct = counts.low
  const credits = Array.from({ length: n }, (_, i) => (i < correct ? 1 : i < correct + ties ? 0.5 : 0))
  const { low, high } = clusteredMean(
    credits,
    credits.map((_, i) => i),
    { level },
  )
  const value = (correct + ties / 2) / n
  const decided = n - ties
  return {
    half: { value: { min: value, max: value }, low, high },
    excluded: decided === 0 ? null : { ...rateOf(counts, decided, level), n: decided },
  }
}

/** Nothing where a figure of one of the two is impossible, or totals and subsets disagree. */
function contrastOf(claim: Claim, a: ReadJudge, b: ReadJudge): ClaimedContrast[] {
  const [totalA, totalB] = [a.judge.counts, b.judge.counts]
  if (totalA === null || totalB === null) return []
  const sizes = Object.values(claim.subsets ?? {})
  const { strata: ofA, problems: wrongA } = a
  const { strata: ofB, problems: wrongB } = b
  const bySubset =
    ofA === null || ofB === null || wrongA.length + wrongB.length > 0
      ? []
      : sizes.map((n, at): PrintedStratum => ({ n, a: ofA[at] as CountRange, b: ofB[at] as CountRange }))
  const strata = bySubset.length > 0 ? bySubset : [{ n: claim.n, a: totalA, b: totalB }]
  const bounds = tableBounds(strata, { level: claim.level, totals: { a: totalA, b: totalB } })
  const difference = (bounds.difference.min + bounds.difference.max) / 2
  const isKnown = bounds.difference.min === bounds.difference.max
  return [
    {
      judge: a.judge.name,
      against: b.judge.name,
      ...bounds,
      curve: isKnown ? curveOf(bounds) : [],
      independent: isKnown ? independentRow(strata, bounds) : null,
      planning: claimPlanning({ n: claim.n, difference, discordant: bounds.discordant, alpha: bounds.alpha }),
      subsets: subsetBounds(Object.keys(claim.subsets ?? {}), bySubset, claim.level),
    },
  ]
}

/** Holm's correction keeps the order of p's, so that its ends are those of the p's ends. */
function subsetBounds(
  names: readonly string[],
  strata: readonly PrintedStratum[],
  level: number,
): ClaimedContrast['subsets'] {
  const bounds = strata.map((stratum) => tableBounds([stratum], { level }))
  const adjusted = (end: 'min' | 'max'): number[] =>
    holmOver(
      bounds.map(({ p }) => p[end]),
      'subsets of one contrast',
    ).map((held) => held?.adjusted as number)
  const [least, most] = [adjusted('min'), adjusted('max')]
  return bounds.map((bound, at) => ({
    subset: names[at] as string,
    ...bound,
    adjustedP: { min: least[at] as number, max: most[at] as number },
  }))
}

const CURVE_ROWS = 60

/** Rows from the fewest to the most discordant comparisons, both ends and the threshold's neighbours among them. */
function curveOf({ n, difference, discordant, losesFrom, level }: TableBounds): CurveRow[] {
  const steps = (discordant.max - discordant.min) / 2
  const stride = Math.max(1, Math.ceil(steps / CURVE_ROWS))
  const counts = Array.from({ length: Math.floor(steps / stride) + 1 }, (_, i) => discordant.min + 2 * stride * i)
  const kept = [...counts, discordant.max, ...(losesFrom === null ? [] : [losesFrom - 2, losesFrom])]
  return [...new Set(kept)]
    .filter((count) => count >= discordant.min && count <= discordant.max)
    .sort((a, b) => a - b)
    .map((count) => rowAt(count, Math.round(difference.min * n), n, level))
}

/** The expected discordant comparisons of judges whose errors are independent within strata, to the next that can be. */
function independentRow(
  strata: readonly PrintedStratum[],
  { n, difference, discordant, level }: TableBounds,
): CurveRow {
  const expected = strata.reduce((sum, { n: size, a, b }) => {
    const [x, y] = [(a.low + a.high) / 2 / size, (b.low + b.high) / 2 / size]
    return sum + size * (x * (1 - y) + (1 - x) * y)
  }, 0)
  const nearest = discordant.min + 2 * Math.round((expected - discordant.min) / 2)
  const count = Math.min(discordant.max, Math.max(discordant.min, nearest))
  return rowAt(count, Math.round(difference.min * n), n, level)
}

function rowAt(discordant: number, gap: number, n: number, level: number): CurveRow {
  const [onlyA, onlyB] = [(discordant + gap) / 2, (discordant - gap) / 2]
  const { low, high } = pairedDifference({ both: 0, onlyA, onlyB, neither: n - discordant }, { level })
  return { discordant, p: mcnemar({ onlyA, onlyB }).p, low, high }
}
