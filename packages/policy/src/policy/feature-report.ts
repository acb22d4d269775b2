import { difference } from '../dpo/difference.js'
import type { TrainingPair } from '../dpo/objective.js'
import { DENSE_FEATURES } from '../features/dense-features.js'
import { FEATURE_SPACE } from '../features/feature-space.js'
import type { Policy } from './policy.js'

/** How far one named feature's weight moved, and what came of it on the pairs. */
export interface FeatureMove {
  readonly name: string
  /** What the feature measures. */
  readonly about: string
  /** Weights in nats at feature value 1. */
  readonly before: number
  readonly after: number
  /** Share of the pairs whose two sides differ in it, in [0, 1]. */
  readonly seen: number
  /** What the move adds to the mean margin of the pairs, in nats: (after - before) * mean of phi(x, yw) - phi(x, yl). */
  readonly contribution: number
}

/** Which features moved. Contributions of all named and of the hashed ones add up to `margin`. */
export interface FeatureReport {
  readonly pairs: number
  /** Mean of (theta - theta_ref) . (phi(x, yw) - phi(x, yl)) over the pairs, nats: the mean reward margin over beta. */
  readonly margin: number
  /** Named features that moved, the largest contribution first, whatever its sign. */
  readonly moves: readonly FeatureMove[]
  /** All hashed features (words, word pairs and the like, which have no names) together. */
  readonly hashed: { readonly moved: number; readonly contribution: number }
}

/**
 * Which features a tuning moved, and how much of the preference for the preferred outputs each of them brings.
 *
 * @param pairs the pairs that were trained on; at least one
 * @throws {RangeError} if a policy is not of this version's feature space, or there are no pairs
 */
export function featureReport(base: Policy, tuned: Policy, pairs: readonly TrainingPair[]): FeatureReport {
  if (base.featureSpace !== FEATURE_SPACE.id || tuned.featureSpace !== FEATURE_SPACE.id)
    throw new RangeError(
      `featureReport needs policies of ${FEATURE_SPACE.id}, got ${base.featureSpace} and ${tuned.featureSpace}`,
    )
  if (pairs.length === 0) throw new RangeError('featureReport needs at least one pair, got pairs=0')
  const sums = new Float64Array(FEATURE_SPACE.dimension)
  const seen = new Uint32Array(FEATURE_SPACE.dense)
  for (const { preferred, nonPreferred } of pairs) {
    const { indices, values } = difference(preferred, nonPreferred)
    indices.forEach((index, at) => {
      sums[index] = (sums[index] as number) + (values[at] as number)
      if (index < seen.length) seen[index] = (seen[index] as number) + 1
    })
  }
  const movedBy = (index: number): number => (tuned.weights[index] as number) - (base.weights[index] as number)
  const contributionOf = (index: number): number => (movedBy(index) * (sums[index] as number)) / pairs.length
  const moves = DENSE_FEATURES.map(({ name, about }, index) => ({
    name,
    about,
    before: base.weights[index] as number,
    after: tuned.weights[index] as number,
    seen: (seen[index] as number) / pairs.length,
    contribution: contributionOf(index),
  })).filter(({ before, after }) => before !== after)
  let hashed = { moved: 0, contribution: 0 }
  for (let index = FEATURE_SPACE.dense; index < FEATURE_SPACE.dimension; index++)
    if (movedBy(index) !== 0)
      hashed = { moved: hashed.moved + 1, contribution: hashed.contribution + contributionOf(index) }
  return {
    pairs: pairs.length,
    margin: moves.reduce((sum, { contribution }) => sum + contribution, hashed.contribution),
    moves: moves.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    hashed,
  }
}

/** A feature report in words, as Markdown: the features with the largest contributions, and the hashed ones together. */
export function featureReportMarkdown(report: FeatureReport, { most = 15 }: { readonly most?: number } = {}): string {
  const { pairs, margin, moves, hashed } = report
  const shown = moves.slice(0, most)
  const rest = moves.slice(most).reduce((sum, { contribution }) => sum + contribution, 0)
  const rows = shown.map(({ name, about, before, after, seen, contribution }) => [
    `\`${name}\``,
    about,
    before.toFixed(2),
    after.toFixed(2),
    directionOf(before, after),
    `${(100 * seen).toFixed(0)} %`,
    signed(contribution),
  ])
  const totals = [
    ...(moves.length > most ? [[`${moves.length - most} other named features`, '', '', '', '', '', signed(rest)]] : []),
    [`${hashed.moved} hashed features`, 'words, word pairs and the like', '', '', '', '', signed(hashed.contribution)],
    ['all', '', '', '', '', '', signed(margin)],
  ]
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return `Over ${pairs} training pairs the tuned policy prefers the preferred output by ${margin.toFixed(2)} nats more than its base, on average. Where that comes from:

${[
  line(['feature', 'measures', 'before', 'after', 'which means', 'pairs that differ in it', 'nats of the margin']),
  '|---|---|---:|---:|---|---:|---:|',
  ...[...rows, ...totals].map(line),
].join('\n')}
`
}

function directionOf(before: number, after: number): string {
  const side = (weight: number): string => (weight > 0 ? 'for' : 'against')
  if (before === 0) return `now speaks ${side(after)} an answer`
  if (after === 0) return `no longer speaks ${side(before)} an answer`
  if (before > 0 !== after > 0) return `spoke ${side(before)} an answer, now speaks ${side(after)} it`
  return `speaks ${side(after)} an answer ${Math.abs(after) > Math.abs(before) ? 'more' : 'less'} than before`
}

function signed(nats: number): string {
  return `${nats < 0 ? '-' : '+'}${Math.abs(nats).toFixed(3)}`
}
