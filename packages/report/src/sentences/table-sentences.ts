import {
  comparedWith,
  intervalOf,
  type JudgeResult,
  type Leaderboard,
  labelOf,
  measuredJudges,
  positionPByPass,
  type StudyResults,
} from '@judgelab/analysis'
import { formatInteger, formatInterval, formatP, formatPercent, formatPoints } from '../format/numbers.js'
import { counted } from './counted.js'
import { countedComparisons } from './counted-synthetic.js'
import { bestOf } from './judge-sentences.js'
import { pWords } from './p-words.js'
import { listed } from './subset-sentence.js'

/** How many judges a sentence goes through one by one. */
const MOST_NAMED = 6

/** The names of the judges that were not tuned and know something: those before tuning. */
export function untunedJudges(results: StudyResults): string[] {
  const shown = ['judge', 'baseline', 'panel']
  return results.judges.filter(({ kind }) => shown.includes(kind)).map(({ name }) => name)
}

/** How often every judge that knows something agrees with the labels, best first, and the best of those that know nothing. */
export function judgesAnswer(results: StudyResults): string {
  const rated = ranked(results, measuredJudges(results))
  const [best, ...others] = rated
  if (best === undefined) return 'No judge of this study has an accuracy.'
  const named = others.slice(0, MOST_NAMED - 1).map((judge) => `${judge.label} on ${rateWords(results, judge)}`)
  const rest = others.slice(MOST_NAMED - 1)
  const after = rest.length === 0 ? named : [...named, `${counted(rest.length, 'other')} on less`]
  const most = others.length === 0 ? '' : ' most often,'
  return `${best.label} agrees with the labels${most} on ${rateWords(results, best)} of ${comparisonsOf(results, best)}${after.length === 0 ? '' : `; ${listed(after)}`}${knowingNothing(results)}.`
}

function comparisonsOf(results: StudyResults, judge: JudgeResult): string {
  return countedComparisons(results, judge.accuracy[results.evaluation.ties].n)
}

function rateWords(results: StudyResults, judge: JudgeResult): string {
  const interval = intervalOf(judge.accuracy[results.evaluation.ties])
  return interval === null ? 'no comparison' : `${formatInterval(interval)} %`
}

function knowingNothing(results: StudyResults): string {
  const best = bestOf(
    results,
    results.judges.filter(({ kind }) => kind === 'control'),
  )
  return best === undefined
    ? ''
    : `. The best judge that knows nothing, ${best.label}, does on ${rateWords(results, best)}`
}

function ranked<J extends JudgeResult>({ evaluation }: StudyResults, judges: readonly J[]): J[] {
  const rateOf = ({ accuracy }: JudgeResult): number | null => accuracy[evaluation.ties].value
  return judges
    .filter((judge) => rateOf(judge) !== null)
    .toSorted((a, b) => (rateOf(b) as number) - (rateOf(a) as number))
}

/** Who ties most often, and whose judgments failed. */
export function verdictCountsSentence(results: StudyResults): string {
  const { judges, evaluation } = results
  const [most] = judges.toSorted((a, b) => b.counts.tie - a.counts.tie)
  if (most === undefined) return 'No judge was asked.'
  const ties =
    most.counts.tie === 0
      ? 'No judge ties'
      : `${most.label} ties most often, in ${formatInteger(most.counts.tie)} of ${countedComparisons(results, evaluation.n)}`
  const failed = judges.filter(({ counts }) => counts.failed > 0)
  const failures =
    failed.length === 0
      ? 'no comparison failed'
      : `failed: ${listed(failed.map(({ label, counts }) => `${formatInteger(counts.failed)} of ${label}`))}`
  return `${ties}; ${failures}.`
}

/** Which judges of a leaderboard are shown to differ from the one that they are set against. */
export function leaderboardSentence(results: StudyResults, which: Leaderboard): string {
  const reference = comparedWith(results)
  if (reference === undefined) return 'No contrast of this study sets judges against a common one.'
  const isShown = ({ kind }: JudgeResult): boolean => kind !== 'repeat' && (which === 'post-DPO' || kind !== 'tuned')
  const names = new Set(results.judges.filter(isShown).map(({ name }) => name))
  const alpha = 1 - results.statistics.level
  const set = results.contrasts.flatMap(({ judge, against, primary, adjusted }) => {
    const other = against === reference.name ? judge : judge === reference.name ? against : undefined
    if (other === undefined || !names.has(other) || primary.difference.value === null || primary.p === null) return []
    const difference = against === reference.name ? primary.difference.value : -primary.difference.value
    return [{ label: labelOf(results, other), difference, p: adjusted?.adjusted ?? primary.p }]
  })
  if (set.length === 0) return `No judge of this table is set against ${reference.label}.`
  const words = ({ label, difference, p }: (typeof set)[number]): string =>
    `${label} (${formatPoints(difference)} points, Holm ${pWords(p)})`
  const [different, same] = [set.filter(({ p }) => p <= alpha), set.filter(({ p }) => p > alpha)]
  if (different.length === 0) return `No judge is shown to differ from ${reference.label}: ${listed(same.map(words))}.`
  const rest = same.length === 0 ? '' : ` Not shown to: ${listed(same.map(words))}.`
  return `Shown to differ from ${reference.label}: ${listed(different.map(words))}.${rest}`
}

/** Whom half credit for a tie raises most, and who is first without ties. */
export function tiePoliciesSentence(results: StudyResults): string {
  const raised = results.judges.flatMap(({ label, accuracy: { wrong, half } }) =>
    wrong.value === null || half.value === null ? [] : [{ label, from: wrong.value, to: half.value, n: wrong.n }],
  )
  const [most] = raised.toSorted((a, b) => b.to - b.from - (a.to - a.from))
  if (most === undefined) return 'No judge has an accuracy with ties in it.'
  if (most.to === most.from) return 'No judge ties: what a tie earns changes nothing.'
  const same = raised.filter(({ from, to }) => from === to).map(({ label }) => label)
  const unmoved = same.length === 0 ? '' : ` ${listed(same)} ${same.length === 1 ? 'does' : 'do'} not tie.`
  return `A tie as half right raises ${most.label} most, from ${formatPercent(most.from, most.n)} to ${formatPercent(most.to, most.n)} % of ${countedComparisons(results, most.n)}.${unmoved}`
}

/** Whom the rule for combining two orders moves most, and whom it does not move. */
export function rulesSentence(results: StudyResults): string {
  const { isChosenFirst } = results.evaluation
  const spans = results.judges.flatMap(({ label, rules }) => {
    const known = rules.flatMap(({ rule, accuracy: { value } }) =>
      value === null || (rule === 'first-order' && isChosenFirst) ? [] : [{ rule, value }],
    )
    const [least, most] = [
      known.toSorted((a, b) => a.value - b.value)[0],
      known.toSorted((a, b) => b.value - a.value)[0],
    ]
    return least === undefined || most === undefined ? [] : [{ label, least, most }]
  })
  const width = ({ least, most }: (typeof spans)[number]): number => most.value - least.value
  const [widest] = spans.toSorted((a, b) => width(b) - width(a))
  if (widest === undefined) return 'No judge has an accuracy under any rule.'
  if (width(widest) === 0) return 'Every judge has the same accuracy under every rule.'
  const same = spans.filter((span) => width(span) === 0).map(({ label }) => label)
  const unmoved = same.length === 0 ? '' : ` The rule makes no difference for ${listed(same)}.`
  return `The rule moves ${widest.label} most, from ${formatPercent(widest.least.value)} % (“${widest.least.rule}”) to ${formatPercent(widest.most.value)} % (“${widest.most.rule}”).${unmoved}`
}

/** Who stands first under how many of the rules and tie policies. */
export function rankingSentence(results: StudyResults): string {
  const { rankings } = results.sensitivity
  const firsts = new Map<string, number>()
  for (const { judges } of rankings)
    for (const { judge, rank } of judges) if (rank === 1) firsts.set(judge, (firsts.get(judge) ?? 0) + 1)
  const counts = [...firsts].toSorted(([, a], [, b]) => b - a)
  if (counts.length === 0) return 'No judge has a place.'
  const combinations = `${counted(rankings.length, 'combination')} of rule and tie policy`
  const [first, ...others] = counts.map(([judge, count]) => ({ label: labelOf(results, judge), count })) as [
    { label: string; count: number },
    ...{ label: string; count: number }[],
  ]
  if (others.length === 0 && first.count === rankings.length)
    return `${first.label} is first under each of the ${combinations}.`
  const rest = others.map(({ label, count }) => `${label} under ${formatInteger(count)}`)
  return `Of ${combinations}, ${listed([`${first.label} is first, alone or level, under ${formatInteger(first.count)}`, ...rest])}.`
}

/** The judge for which it matters most how subsets are weighed. */
export function averagesSentence(results: StudyResults): string {
  const both = results.judges.flatMap(({ label, accuracy, macro }) => {
    const micro = accuracy[results.evaluation.ties].value
    return micro === null || macro.value === null ? [] : [{ label, micro, macro: macro.value }]
  })
  const [most] = both.toSorted((a, b) => Math.abs(b.macro - b.micro) - Math.abs(a.macro - a.micro))
  if (most === undefined) return 'No judge has an accuracy in every subset.'
  const first = (key: 'micro' | 'macro'): string => both.toSorted((a, b) => b[key] - a[key])[0]?.label ?? ''
  const leaders =
    first('micro') === first('macro')
      ? `${first('micro')} is first by both`
      : `${first('micro')} is first by the micro average, ${first('macro')} by the macro average`
  return `${leaders}; the two averages are furthest apart for ${most.label}, ${formatPercent(most.micro)} % over comparisons and ${formatPercent(most.macro)} % over subsets.`
}

/** Which judge answers both orders alike least often, and which are shown to lean to a slot, those that know nothing aside. */
export function positionSentence(results: StudyResults): string {
  const alpha = 1 - results.statistics.level
  const asked = results.judges.filter(
    ({ kind, orders }) => kind !== 'control' && orders.n > 0 && orders.consistency !== null,
  )
  const consistency = ({ orders }: JudgeResult): number => orders.consistency as number
  const [least] = asked.toSorted((a, b) => consistency(a) - consistency(b))
  if (least === undefined) return 'No judge was asked in both orders, those that know nothing aside.'
  const alike =
    consistency(least) === 1
      ? `Every judge that knows something answers both orders of all ${countedComparisons(results, least.orders.n)} alike`
      : `${least.label} answers both orders alike least often, in ${formatPercent(consistency(least), least.orders.n)} % of ${countedComparisons(results, least.orders.n)}`
  const leaning = asked.filter(
    ({ orders }) => orders.bothFirst + orders.bothSecond > 0 && (orders.positionP ?? 1) <= alpha,
  )
  const words = leaning.map(({ label, orders: { bothFirst, bothSecond } }) => {
    const [slot, more, fewer] =
      bothFirst > bothSecond ? ['first', bothFirst, bothSecond] : ['second', bothSecond, bothFirst]
    return `${label} to the ${slot} (${formatInteger(more as number)} against ${formatInteger(fewer as number)})`
  })
  if (asked.every(({ orders }) => orders.positionP === null))
    return `${alike}. Judging was stopped early, so that no test for a fixed n says whether a judge leans to a slot.`
  return `${alike}. ${words.length === 0 ? 'No judge is shown to lean to a slot.' : `Shown to lean to a slot, each by its own uncorrected p: ${listed(words)}.`}`
}

/** For which judge counting passes instead of comparisons changes p most. */
export function passTestSentence(results: StudyResults): string {
  const alpha = 1 - results.statistics.level
  const both = results.judges.flatMap(({ label, orders }) => {
    const byPass = positionPByPass(orders)
    const { positionP } = orders
    if (byPass === null || positionP === null || orders.bothFirst + orders.bothSecond === 0) return []
    return [{ label, byPass, byComparison: positionP }]
  })
  if (both.length === 0) return 'No judge decided a comparison by position.'
  const decides = (p: number): boolean => p <= alpha
  const changed = both.filter(({ byPass, byComparison }) => decides(byPass) !== decides(byComparison))
  if (changed.length === 0) return 'For no judge of this study do the two tests come to different answers.'
  const words = changed.map(
    ({ label, byPass, byComparison }) =>
      `${label} (${formatP(byComparison)} by comparison, ${formatP(byPass)} by pass)`,
  )
  return `The two tests come to different answers for ${listed(words)}.`
}
