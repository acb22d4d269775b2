import {
  type ClaimedContrast,
  costRatio,
  type PublishedExperiment,
  type PublishedJudge,
  publishedAccuracyTable,
  publishedLabel,
} from '@judgelab/analysis'
import { formatInteger, formatNumber, formatPercent } from '../format/numbers.js'
import { counted } from './counted.js'
import { listed } from './subset-sentence.js'

/** Whether every printed accuracy follows from the printed counts. */
export function publishedAccuracySentence(published: PublishedExperiment): string {
  const { rows } = publishedAccuracyTable(published)
  const unequal = rows.filter(({ printed, rebuilt }) => printed !== rebuilt).map(({ label }) => String(label))
  const n = formatInteger(published.split.testTotal)
  return unequal.length === 0
    ? `Every printed accuracy follows from its counts to the last digit. What the table leaves out is how sure ${n} comparisons can make anyone.`
    : `The printed accuracy of ${listed(unequal)} does not follow from its counts.`
}

/** Where two judges are furthest apart by subset, in points and in comparisons, and where all of them are worst. */
export function publishedSubsetSentence(
  published: PublishedExperiment,
  contrast: Pick<ClaimedContrast, 'judge' | 'against'>,
): string {
  const note = published.protocol?.note
  const protocol = note === undefined ? '' : `Of the protocol: ${note}.`
  return [gapWords(published, contrast), lowestWords(published), protocol].filter((words) => words !== '').join(' ')
}

function gapWords(
  published: PublishedExperiment,
  { judge, against }: Pick<ClaimedContrast, 'judge' | 'against'>,
): string {
  const [a, b] = [judge, against].map((name) => published.results.find((held) => held.judge === name)?.correctBySubset)
  if (a === undefined || b === undefined)
    return 'No figures by subset are published for both judges of the first contrast.'
  const gaps = Object.entries(published.split.test)
    .map(([subset, n]) => ({ subset, n, count: (a[subset] as number) - (b[subset] as number) }))
    .toSorted((x, y) => y.count / y.n - x.count / x.n)
  const ahead = gaps.filter(({ count }) => count > 0).slice(0, 2)
  const [name, other] = [judge, against].map((held) => publishedLabel(published, held))
  if (ahead.length === 0) return `${name} is ahead of ${other} in no subset.`
  const words = ({ subset, n, count }: (typeof gaps)[number]): string =>
    `${formatPercent(count / n)} points in ${subset} (${formatInteger(count)} of ${counted(n, 'comparison')})`
  return `${name} is furthest ahead of ${other} by ${listed(ahead.map(words))}.`
}

function lowestWords(published: PublishedExperiment): string {
  const best = Object.entries(published.split.test).flatMap(([subset, n]) => {
    const counts = published.results.flatMap(({ correctBySubset }) => correctBySubset?.[subset] ?? [])
    return counts.length === 0 ? [] : [{ subset, rate: Math.max(...counts) / n }]
  })
  const [lowest] = best.toSorted((a, b) => a.rate - b.rate)
  return lowest === undefined
    ? ''
    : `No judge is right on more than ${formatPercent(lowest.rate)} % of ${lowest.subset}.`
}

/** Whether the printed cost ratios come out at the blend of tokens, and between what they lie at any blend. */
export function publishedPriceSentence(published: PublishedExperiment): string {
  const [reference, ...others] = published.judges as readonly [PublishedJudge, ...PublishedJudge[]]
  const { inputTokens, outputTokens } = published.costBlend
  const isSame = (judge: PublishedJudge): boolean =>
    costRatio(reference, judge, published.costBlend).toFixed(1) === judge.publishedCostRatio?.toFixed(1)
  const same = others.filter(isSame).length
  const blend = `${formatInteger(inputTokens)} input tokens to ${formatInteger(outputTokens)} output token`
  const ratios = others.map((judge) => ({
    judge,
    ends: [
      reference.inputPerMillion / judge.inputPerMillion,
      reference.outputPerMillion / judge.outputPerMillion,
    ] as const,
  }))
  const [widest] = ratios.toSorted((x, y) => Math.abs(y.ends[1] - y.ends[0]) - Math.abs(x.ends[1] - x.ends[0]))
  const range =
    widest === undefined
      ? ''
      : ` For ${widest.judge.name} the ratio would be ${formatNumber(widest.ends[0], 1)} with input alone and ${formatNumber(widest.ends[1], 1)} with output alone.`
  return `${same} of ${counted(others.length, 'printed cost ratio')} come out at list prices and ${blend}, a blend that is inferred, not printed.${range} A judge that reasons at length pays for more output, so that the measured ratio may be another one; the speeds are of tokens, not of judgments.`
}

/** What tuning did to each judge that was tuned, by the printed totals. */
export function publishedTuningSentence(published: PublishedExperiment): string {
  const changes = published.results.flatMap(({ judge, chosenWins, n }) => {
    const base = judge.replace(/\+dpo$/, '')
    const before = base === judge ? undefined : published.results.find((held) => held.judge === base)
    return before === undefined
      ? []
      : [
          `${publishedLabel(published, base)} from ${formatPercent(before.chosenWins / before.n)} to ${formatPercent(chosenWins / n)} %`,
        ]
  })
  return changes.length === 0
    ? 'No judge is printed before and after tuning.'
    : `By the printed totals, tuning took ${listed(changes)}.`
}

/** What it means that the published split divides pairs, not prompts. */
export function publishedSplitSentence({ split }: PublishedExperiment): string {
  return `The split by pairs instead of prompts concerns the validation loss only: the ${formatInteger(split.testTotal)} test examples are held out by example, so that the accuracies are touched at most through questions of Ties that stand on both sides. It does mean that the validation curve cannot show overfitting to prompts. And the pairs teach which answer to give, not how to judge two answers.`
}
