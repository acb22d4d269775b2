import { proportionInterval } from '@judgelab/stats'
import { levelText } from '../level-text.js'
import type { Column, IntervalValue, Table } from '../table.js'
import type { ClaimedRate, ClaimResult } from './claim-result.js'
import { sourceWords } from './claim-tables.js'
import { percentText } from './printed-count.js'
import {
  PUBLISHED_SOURCE,
  type PublishedExperiment,
  type PublishedJudge,
  publishedLabel,
} from './published-experiment.js'
import type { RebuiltPairs } from './published-pairs.js'

/** Verdicts and accuracy of every judge: as printed, as the counts give it to the printed digit, and with its interval. */
export function publishedAccuracyTable(published: PublishedExperiment, level = 0.95): Table {
  return {
    columns: [
      { key: 'label', label: 'Judge', kind: 'text' },
      { key: 'chosen', label: 'Chosen', kind: 'integer' },
      { key: 'rejected', label: 'Rejected', kind: 'integer' },
      { key: 'ties', label: 'Ties', kind: 'integer' },
      { key: 'n', label: 'n', kind: 'integer' },
      { key: 'printed', label: 'Printed', kind: 'text', align: 'right' },
      { key: 'rebuilt', label: 'From counts', kind: 'text', align: 'right' },
      { key: 'accuracy', label: 'Accuracy', unit: '%', kind: 'interval' },
    ],
    rows: published.results.map(({ judge, chosenWins, rejectedWins, ties, n, accuracyPercent }) => ({
      label: publishedLabel(published, judge),
      chosen: chosenWins,
      rejected: rejectedWins,
      ties,
      n,
      printed: `${accuracyPercent.toFixed(2)} %`,
      rebuilt: percentText(chosenWins, n, 2),
      accuracy: intervalFor(chosenWins, n, level),
    })),
    caption: `Published figures (${PUBLISHED_SOURCE}): verdicts over both orders, a tie counted as wrong. ${levelText(level)} intervals: Wilson’s.`,
  }
}

/** Accuracy by subset to the printed digit, with intervals; one row a subset. */
export function publishedSubsetTable(published: PublishedExperiment, level = 0.95): Table {
  const shown = published.results.filter(({ correctBySubset }) => correctBySubset !== undefined)
  const left = published.results.filter(({ correctBySubset }) => correctBySubset === undefined)
  return {
    columns: [
      { key: 'subset', label: 'Subset', kind: 'text' },
      { key: 'n', label: 'n', kind: 'integer' },
      ...shown.map(
        ({ judge }): Column => ({
          key: `judge:${judge}`,
          label: publishedLabel(published, judge),
          unit: '%',
          kind: 'interval',
        }),
      ),
    ],
    rows: Object.entries(published.split.test).map(([subset, n]) => ({
      subset,
      n,
      ...Object.fromEntries(
        shown.map(({ judge, correctBySubset }) => [
          `judge:${judge}`,
          intervalFor(correctBySubset?.[subset] as number, n, level),
        ]),
      ),
    })),
    caption: `Published figures (${PUBLISHED_SOURCE}): accuracy by subset, as printed to one decimal, with ${levelText(level)} intervals (Wilson’s).${left.length === 0 ? '' : ` No figures by subset are published for ${left.map(({ judge }) => publishedLabel(published, judge)).join(', ')}.`}`,
  }
}

/** Price and speed ratios, printed and rebuilt, and between which values a price ratio lies whatever the blend. */
export function publishedPriceTable(published: PublishedExperiment): Table {
  const [reference] = published.judges as readonly [PublishedJudge, ...PublishedJudge[]]
  const { inputTokens, outputTokens } = published.costBlend
  return {
    columns: [
      { key: 'label', label: 'Judge', kind: 'text' },
      { key: 'input', label: 'Input', unit: 'USD a million tokens', kind: 'number' },
      { key: 'output', label: 'Output', unit: 'USD a million tokens', kind: 'number' },
      { key: 'printedCost', label: 'Cheaper, printed', kind: 'text', align: 'right' },
      { key: 'cost', label: 'rebuilt', kind: 'text', align: 'right' },
      { key: 'anyBlend', label: 'any blend', kind: 'text', align: 'right' },
      { key: 'speed', label: 'Speed', unit: 'tokens a second', kind: 'number', digits: 1 },
      { key: 'printedSpeed', label: 'Faster, printed', kind: 'text', align: 'right' },
      { key: 'faster', label: 'rebuilt', kind: 'text', align: 'right' },
    ],
    rows: published.judges.map((judge) => ({
      label: judge.name,
      input: judge.inputPerMillion,
      output: judge.outputPerMillion,
      speed: judge.tokensPerSecond,
      ...(judge === reference
        ? {}
        : {
            printedCost: `${judge.publishedCostRatio}x`,
            cost: `${costRatio(reference, judge, published.costBlend).toFixed(1)}x`,
            anyBlend: [
              reference.inputPerMillion / judge.inputPerMillion,
              reference.outputPerMillion / judge.outputPerMillion,
            ]
              .sort((a, b) => a - b)
              .map((ratio) => ratio.toFixed(1))
              .join(' to '),
            printedSpeed: judge.publishedSpeedRatio,
            faster: `${speedRatio(reference, judge)}x`,
          }),
    })),
    caption: `Published figures (${PUBLISHED_SOURCE}; it takes the speeds from Artificial Analysis) against ${reference.name}: list prices blended ${inputTokens} input tokens to ${outputTokens} output token, and output tokens a second. “Any blend” is the ratio from input tokens alone to output tokens alone. Neither is measured on the judging itself: tokens a judgment are not published, so that there is no interval.`,
    missing: 'the judge that the others are compared with',
  }
}

/** How many times the reference costs as much, at a blend of tokens. */
export function costRatio(
  reference: PublishedJudge,
  judge: PublishedJudge,
  { inputTokens, outputTokens }: PublishedExperiment['costBlend'],
): number {
  const price = (of: PublishedJudge): number => inputTokens * of.inputPerMillion + outputTokens * of.outputPerMillion
  return price(reference) / price(judge)
}

/** How many times as many tokens a second, to two significant digits, as the article rounds. */
export function speedRatio(reference: PublishedJudge, judge: PublishedJudge): number {
  return Number((judge.tokensPerSecond / reference.tokensPerSecond).toPrecision(2))
}

/** Every judge under each tie policy, with its rank. */
export function claimTieTable(result: ClaimResult): Table {
  const wrong = ranksOf(result.judges.map(({ accuracy }) => accuracy))
  const half = ranksOf(result.judges.map((judge) => judge.half))
  const excluded = ranksOf(result.judges.map((judge) => judge.excluded))
  return {
    columns: [
      { key: 'label', label: 'Judge', kind: 'text' },
      { key: 'ties', label: 'Ties', kind: 'integer' },
      { key: 'wrong', label: 'Ties wrong', unit: '%', kind: 'interval' },
      { key: 'wrongRank', label: 'rank', kind: 'text', align: 'right' },
      { key: 'half', label: 'Ties half', unit: '%', kind: 'interval' },
      { key: 'halfRank', label: 'rank', kind: 'text', align: 'right' },
      { key: 'excluded', label: 'Without ties', unit: '%', kind: 'interval' },
      { key: 'excludedRank', label: 'rank', kind: 'text', align: 'right' },
      { key: 'decided', label: 'n decided', kind: 'integer' },
    ],
    rows: result.judges.map((judge, at) => ({
      label: judge.label,
      ties: judge.ties,
      wrong: pointOf(judge.accuracy),
      wrongRank: wrong[at],
      half: pointOf(judge.half),
      halfRank: half[at],
      excluded: pointOf(judge.excluded),
      excludedRank: excluded[at],
      decided: judge.excluded?.n,
    })),
    caption: `The same verdicts when a tie is wrong (the published policy), half right, or left out. ${levelText(result.level)} intervals: Wilson’s; for half credit, that of a mean of credits. Without ties every judge is rated on the comparisons that it decided, which are not the same ones.${sourceWords(result)}`,
    missing: 'ties are not printed',
  }
}

/** `1`, `2`, and `3=` where two judges share a place. */
function ranksOf(rates: readonly (ClaimedRate | null)[]): (string | null)[] {
  const values = rates.map((rate) => rate?.value.min ?? null)
  return values.map((value) => {
    if (value === null) return null
    const rank = 1 + values.filter((other) => other !== null && other > value + 1e-12).length
    const isShared = values.filter((other) => other !== null && Math.abs(other - value) <= 1e-12).length > 1
    return `${rank}${isShared ? '=' : ''}`
  })
}

/** Preference pairs by subset: published, and rebuilt with one shuffle and with two. */
export function rebuiltPairsTable({ pairs }: PublishedExperiment, rebuilt: RebuiltPairs): Table {
  const shown = rebuilt.bySplit.slice(0, 2)
  const sides = ['train', 'validation'] as const
  const words = { train: 'training', validation: 'validation' }
  return {
    columns: [
      { key: 'subset', label: 'Subset', kind: 'text' },
      ...sides.flatMap((side): Column[] => [
        { key: side, label: `Published, ${words[side]}`, kind: 'integer' },
        ...shown.map(
          ({ shuffles }): Column => ({
            key: `${side}:${shuffles}`,
            label: shuffles === 1 ? 'one shuffle' : 'two shuffles',
            kind: 'integer',
          }),
        ),
      ]),
    ],
    rows: Object.keys(pairs.trainBySubset).map((subset) => ({
      subset,
      train: pairs.trainBySubset[subset],
      validation: pairs.validationBySubset[subset],
      ...Object.fromEntries(
        shown.flatMap(({ shuffles, trainBySubset, validationBySubset }) => [
          [`train:${shuffles}`, trainBySubset[subset]],
          [`validation:${shuffles}`, validationBySubset[subset]],
        ]),
      ),
    })),
    caption: `Preference pairs by subset. Rebuilt on the built-in benchmark, which is synthetic and has the published benchmark’s shape: the counts depend on the shape and the seed, ${pairs.seed}, alone.`,
  }
}

function intervalFor(correct: number, n: number, level: number): IntervalValue {
  const { value, low, high } = proportionInterval(correct, n, { level })
  return { value, low, high, n }
}

function pointOf(rate: ClaimedRate | null): IntervalValue | null {
  return rate === null ? null : { value: rate.value.min, low: rate.low, high: rate.high }
}
