import { allComparisons, type Example, type PreferencePair } from '@judgelab/core'
import { conversation, textOf } from '../pairs/responses.js'

/** Finds an example of the benchmark that pairs were made of. */
export type FindExample = (id: string) => Example | undefined

/**
 * What the log-linear policy learns from a pair: two responses to one prompt. A judge that chooses among the responses shown by
 * their logits names the right one with log pi(right label) - log pi(wrong label) = theta . phi(x, chosen) -
 * theta . phi(x, rejected), whichever slots they stand in. So a verdict pair is learned as the pair of the responses that it is
 * about, once for each order that it was made in.
 *
 * @throws {RangeError} for a verdict pair of an example or a comparison that is not found, and for a critique: what it says
 *   beside the label has no features
 */
export function comparedResponses(pair: PreferencePair, find: FindExample): PreferencePair {
  const { strategy, exampleId, comparisonId } = pair.origin
  if (strategy === 'responses') return pair
  if (strategy === 'critiques')
    throw new RangeError(`expected pairs of responses or of verdicts for the log-linear policy, found ${pair.id}`)
  const example = find(exampleId)
  const comparison = example && allComparisons(example).find(({ id }) => id === comparisonId)
  if (example === undefined || comparison === undefined)
    throw new RangeError(
      `expected an example with the responses of pair ${pair.id}, found no comparison ${comparisonId}`,
    )
  return {
    ...pair,
    input: conversation(example),
    preferred: textOf(example, comparison.chosen),
    nonPreferred: textOf(example, comparison.rejected),
  }
}
