import {
  type ClaimedContrast,
  type ClaimProblem,
  type ClaimResult,
  claimLabel,
  holdsUpTo,
  levelText,
  type PlanningRow,
  type RebuiltPairs,
  rangeText,
  type Table,
} from '@judgelab/analysis'
import { escapeMarkdown } from '../format/escape.js'
import { formatInteger, formatP, formatPercent, formatPoints } from '../format/numbers.js'
import { counted } from './counted.js'
import { pWords } from './p-words.js'
import { listed } from './subset-sentence.js'

/** What one published comparison supports: whether it holds under every pairing, under some, or under none. */
export function claimSentence(result: ClaimResult, contrast: ClaimedContrast): string {
  const [judge, against] = [contrast.judge, contrast.against].map((name) => claimLabel(result, name))
  const { p, difference } = contrast
  const gap = differenceWords(contrast)
  switch (contrast.significant) {
    case 'always':
      return `${judge} against ${against} holds under every pairing: ${gap}, p ${atMost(p.max)}; the ${levelText(result.level)} interval reaches from ${formatPoints(contrast.low.min)} to ${formatPoints(contrast.high.max)} points at its widest.`
    case 'never':
      return `No pairing makes ${judge} against ${against} significant: ${gap}, p ${betweenWords(p)}, and the ${levelText(result.level)} interval reaches from ${formatPoints(contrast.low.min)} to ${formatPoints(contrast.high.max)} points at its widest.${planningWords(contrast, Math.abs(difference.min + difference.max) / 2)}`
    case 'depends':
      return `Whether ${judge} against ${against} is significant depends on what is not printed: ${gap}, p ${betweenWords(p)}. ${thresholdWords(contrast)}`
  }
}

function atMost(p: number): string {
  const text = formatP(p)
  return text.startsWith('<') ? `below ${text.slice(2)}` : `at most ${text}`
}

function differenceWords({ difference }: ClaimedContrast): string {
  const { min, max } = difference
  if (min === max) return `the difference is ${formatPoints(min)} points`
  return `the difference is ${formatPoints(min)} to ${formatPoints(max)} points`
}

function betweenWords({ min, max }: ClaimedContrast['p']): string {
  const [low, high] = [formatP(min), formatP(max)]
  return low === high ? `is ${low}` : `lies between ${low.replace('< ', 'less than ')} and ${high}`
}

/** How few comparisons the judges may disagree on. */
function thresholdWords(contrast: ClaimedContrast): string {
  const { n, discordant, losesFrom, difference } = contrast
  const range = rangeText({ low: discordant.min, high: discordant.max })
  const held = holdsUpTo(contrast)
  if (held === null || losesFrom === null)
    return `With the larger differences that fit, some pairings are significant; with the smaller ones none is. Counts, or percentages with more digits, would narrow this.`
  const known = difference.min === difference.max ? '' : ' whatever counts are behind the percentages'
  return `It is${known} if exactly one judge is right on ${formatInteger(held)} comparisons or fewer (${formatPercent(held / n)} % of ${formatInteger(n)}), and not from ${formatInteger(losesFrom)} on; ${range} fit what is printed.${independentWords(contrast)} Who holds the answers can count them.`
}

/** What would be expected of judges that err independently; most judges err on the same comparisons. */
function independentWords({ independent, strata }: ClaimedContrast): string {
  if (independent === null) return ''
  const within = strata > 1 ? ' within each subset' : ''
  return ` If the judges erred independently of each other${within}, about ${formatInteger(independent.discordant)} would be (${pWords(independent.p)}), and fewer if they err on the same comparisons.`
}

/** What this n could have shown, at the round share nearest to one in five. */
function planningWords({ n, planning }: ClaimedContrast, gap: number): string {
  const row = planning.find(({ discordance }) => discordance === 0.2) ?? planning.at(-1)
  if (row === undefined || row.detectable === null) return ''
  const share = `With ${Number((100 * row.discordance).toFixed(1))} % of the comparisons discordant`
  const found = `n = ${formatInteger(n)} finds a true difference of ${formatPercent(row.detectable)} points four times in five`
  return ` ${share}, ${found}${neededWords(row, gap)}.`
}

function neededWords({ needed, neededStatus }: PlanningRow, gap: number): string {
  switch (neededStatus) {
    case 'exact':
      return `, and ${formatPercent(gap)} points would take ${formatInteger(needed as number)}`
    case 'about':
      return `, and ${formatPercent(gap)} points would take about ${formatInteger(needed as number)}`
    case 'above a million':
      return `, and ${formatPercent(gap)} points would take more than a million`
    case 'no difference':
      return ''
  }
}

/** What cannot be as it is printed. */
export function claimProblemSentence(result: ClaimResult, problem: ClaimProblem): string {
  const judge = claimLabel(result, problem.judge)
  const where = problem.subset === null ? '' : `, ${problem.subset}`
  const { printed } = problem
  if (problem.kind === 'total and subsets disagree')
    return `${judge}: the subsets add up to ${problem.sum ? rangeText(problem.sum) : 'something else'} right answers, the printed total is ${printed?.text} of ${result.n}${printed?.counts && !/^\d+$/.test(printed.text) ? ` (${rangeText(printed.counts)})` : ''}.`
  const nearest = (printed?.nearest ?? []).map(({ count, text }) => `${formatInteger(count)} is ${text}`)
  return `${judge}${where}: ${printed?.text} of ${printed?.n} is impossible: ${nearest.join(', ')}.`
}

/** Which subsets of a contrast could be significant, before and after the correction for looking at several. */
export function claimSubsetSentence(result: ClaimResult, contrast: ClaimedContrast): string {
  const { subsets } = contrast
  if (subsets.length === 0) return 'No figures by subset are printed for both judges.'
  const over = `Holm’s correction over ${counted(subsets.length, 'subset')}`
  const named = (chosen: typeof subsets): string => listed(chosen.map(({ subset }) => subset))
  const always = subsets.filter(({ adjustedP }) => adjustedP.max <= result.alpha)
  const some = subsets.filter(({ adjustedP }) => adjustedP.min <= result.alpha && adjustedP.max > result.alpha)
  const found = [
    ...(always.length > 0
      ? [`${named(always)} ${always.length === 1 ? 'is' : 'are'} significant under every pairing`]
      : []),
    ...(some.length > 0 ? [`${named(some)} may be significant, depending on the pairing`] : []),
  ]
  if (found.length > 0) return `After ${over}, ${found.join('; ')}.`
  const least = subsets.reduce((a, b) => (b.p.min < a.p.min ? b : a))
  const before =
    least.p.min > result.alpha
      ? `even before it the smallest p that fits is ${formatP(least.p.min)} (${least.subset}, n = ${least.n})`
      : `before it, ${named(subsets.filter(({ p }) => p.min <= result.alpha))} could be`
  return `No pairing makes any subset significant after ${over}; ${before}.`
}

/** Who is first under each tie policy, and with which rate. */
export function claimTieSentence(result: ClaimResult): string {
  const first = (rateOf: (judge: ClaimResult['judges'][number]) => number | undefined): string => {
    const rated = result.judges.flatMap((judge) => {
      const rate = rateOf(judge)
      return rate === undefined ? [] : [{ label: judge.label, rate }]
    })
    const best = Math.max(...rated.map(({ rate }) => rate))
    const leaders = rated.filter(({ rate }) => rate > best - 1e-12)
    return `${listed(leaders.map(({ label }) => label))} (${formatPercent(best, result.n)} %)`
  }
  const policies = [
    `a tie as wrong puts ${first(({ accuracy }) => accuracy?.value.min)} first`,
    `a tie as half right ${first(({ half }) => half?.value.min)}`,
    `leaving ties out ${first(({ excluded }) => excluded?.value.min)}`,
  ]
  return `${policies.join('; ')}.`.replace(/^a/, 'A')
}

/** What the first comparison of a claim supports, and how many of all hold under every pairing, under some and under none. */
export function claimAnswer(result: ClaimResult): string[] {
  const [first] = result.contrasts
  if (first === undefined) return ['The printed figures cannot be compared.']
  return [claimSentence(result, first), ...(result.contrasts.length > 1 ? [claimCountsSentence(result)] : [])]
}

function claimCountsSentence(result: ClaimResult): string {
  const named = (significant: ClaimedContrast['significant']): string =>
    listed(
      result.contrasts
        .filter((contrast) => contrast.significant === significant)
        .map(({ judge, against }) => `${claimLabel(result, judge)} against ${claimLabel(result, against)}`),
    )
  const parts = [
    { names: named('always'), words: 'significant under every pairing of the answers' },
    { names: named('depends'), words: 'under some pairings' },
    { names: named('never'), words: 'under none' },
  ].flatMap(({ names, words }) => (names === '' ? [] : [`${words}: ${names}`]))
  return `Of ${counted(result.contrasts.length, 'comparison')}, ${parts.join('; ')}.`
}

/** What of a comparison holds, and what does not follow from it, whatever the pairing. */
export function claimHoldsSentence(
  result: ClaimResult,
  { judge, against, significant, low, high, difference }: ClaimedContrast,
): string {
  const [a, b] = [judge, against].map((name) => claimLabel(result, name))
  const interval = `${levelText(result.level)} interval`
  if (significant === 'always') {
    const [better, worse] = difference.min > 0 ? [a, b] : [b, a]
    return `What holds: ${better} agrees with the labels more often than ${worse} on comparisons like these. What does not follow: how large the difference is beyond its interval, or that it is as large in any one subset.`
  }
  const lag =
    low.min < 0
      ? `, and whatever the pairing, its ${interval} leaves out a lag of more than ${formatPercent(-low.min)} points`
      : ''
  const lead = high.max > 0 ? ` and a lead of more than ${formatPercent(high.max)}` : ''
  return significant === 'never'
    ? `What holds: ${a} is not shown to be worse than ${b}${lag}${lead}. What does not follow: that either is better.`
    : `What holds: the printed rates of ${a} and ${b} differ${lag}${lead}. What does not follow, without the paired answers: that the difference is more than chance.`
}

/** Whether every printed figure is one that some whole number gives, and the parts fit the totals. */
export function claimFiguresSentence(result: ClaimResult): string {
  if (result.problems.length === 0)
    return 'Every printed figure is one that a whole number of comparisons gives, and subsets and totals fit each other.'
  return result.problems.map((problem) => claimProblemSentence(result, problem)).join(' ')
}

/** What this n could have shown at the fewest and at the most discordant comparisons that fit. */
export function claimPlanningSentence({ n }: ClaimResult, { planning }: ClaimedContrast): string {
  const [fewest, most] = [planning[0], planning.at(-1)]
  if (fewest === undefined || most === undefined) return 'Without counts there is nothing to plan with.'
  const words = ({ discordance, detectable }: PlanningRow): string =>
    `${detectable === null ? 'no difference' : `a true difference of ${formatPercent(detectable)} points`} if ${formatPercent(discordance)} % are discordant`
  const found = fewest === most ? words(fewest) : `${words(fewest)}, and ${words(most)}`
  return `Four times in five, ${formatInteger(n)} comparisons find ${found}.`
}

/** Which true differences as many comparisons as were printed would find, by the share that is discordant. */
export function neededSentence(n: number, table: Table): string {
  const shares = table.columns.filter(({ key }) => key.startsWith('share:'))
  const found = table.rows.flatMap((row) =>
    shares.flatMap(({ key, label }) => {
      const needed = row[key]
      return typeof needed === 'number' && needed <= n
        ? [`${formatPercent(row.difference as number)} points at ${label.replace(' discordant', '')}`]
        : []
    }),
  )
  const words = `${formatInteger(n)} comparisons are enough for`
  return `${words} ${found.length === 0 ? 'none of these differences' : listed(found)}.`
}

/** The smallest difference that the smallest subset could have shown. */
export function detectableSubsetsSentence(table: Table): string {
  const [smallest] = table.rows.toSorted((a, b) => (a.n as number) - (b.n as number))
  if (smallest === undefined) return 'No subsets are printed.'
  const found = table.columns.flatMap(({ key, label }) => {
    const value = smallest[key]
    return key.startsWith('share:') && typeof value === 'number' ? [{ label, value }] : []
  })
  const [least] = found.toSorted((a, b) => a.value - b.value)
  const words =
    least === undefined
      ? 'none of these shares lets any difference be found four times in five'
      : `the smallest difference that is found four times in five is ${formatPercent(least.value)} points, with ${least.label}`
  return `In ${smallest.subset}, with ${counted(smallest.n as number, 'comparison')} the smallest subset, ${words}.`
}

/** `claimSentence` for every contrast, as a Markdown list. */
export function claimSentences(result: ClaimResult): string {
  return result.contrasts.map((contrast) => `- ${escapeMarkdown(claimSentence(result, contrast))}`).join('\n')
}

/** How the published pairs came about, and what stands on both sides of their split. */
export function pairsRebuiltSentence({ bySplit, shuffles, ties }: RebuiltPairs): string {
  const held = bySplit.find((split) => split.shuffles === shuffles)
  const share = `Ties is ${formatPercent(ties.examples / ties.ofExamples)} % of the training examples (${formatInteger(ties.examples)} of ${formatInteger(ties.ofExamples)}) and ${formatPercent(ties.pairs / ties.ofPairs)} % of the pairs (${formatInteger(ties.pairs)} of ${formatInteger(ties.ofPairs)}).`
  if (held === undefined) return `The published counts by subset do not come out. ${share}`
  const times = held.shuffles === 1 ? 'once' : 'twice'
  return `The published counts by subset come out when the list is shuffled ${times} with the same seed, and not otherwise. Of the ${formatInteger(held.validation)} validation pairs outside Ties, ${formatInteger(held.shared)} have their prompt among the training pairs. ${share}`
}
