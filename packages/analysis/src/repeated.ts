import type { Comparison, Example } from '@judgelab/core'
import { type Benchmark, normalText, type Split } from '@judgelab/datasets'

/** Responses of fewer words recur by chance: a name, a number, "yes". The leakage audit has the same bound. */
const FEWEST_WORDS = 5

/**
 * The ids of the comparisons of which a response of five words or more also stands, letter case and spacing aside, among
 * the responses of the training side: a judge that was trained on it need not have understood it. Empty without a
 * training side.
 */
export function repeatedComparisons(
  { examples }: Benchmark,
  split: Split,
  comparisons: readonly Comparison[],
): ReadonlySet<string> {
  const trained = new Set(split.train)
  const seen = new Set(
    examples
      .filter(({ id }) => trained.has(id))
      .flatMap(({ responses }) => responses.map(({ text }) => normalText(text))),
  )
  const byId = new Map(examples.map((example) => [example.id, example]))
  const repeats = ({ exampleId, chosen, rejected }: Comparison): boolean =>
    [chosen, rejected].some((index) => {
      const text = normalText((byId.get(exampleId) as Example).responses[index]?.text ?? '')
      return text.split(' ').length >= FEWEST_WORDS && seen.has(text)
    })
  return new Set(
    comparisons.filter((comparison) => !trained.has(comparison.exampleId) && repeats(comparison)).map(({ id }) => id),
  )
}
