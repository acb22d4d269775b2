import type { Comparison, Example, Message, PreferencePair } from '@judgelab/core'
import { comparisonChooser, type RejectedOptions } from './rejected-choice.js'

/**
 * The published strategy: the example's prompt, and `chosen[0]` preferred over rejected responses; all of them where
 * nothing else is asked for. In the order of the examples and of their rejected responses.
 */
export function pairsFromResponses(examples: readonly Example[], options: RejectedOptions = {}): PreferencePair[] {
  return [...responsePairs(examples, options)]
}

/** The same, one pair at a time, for examples that don't fit into memory. */
export function* responsePairs(examples: Iterable<Example>, options: RejectedOptions = {}): Generator<PreferencePair> {
  const comparisonsOf = comparisonChooser(options)
  for (const example of examples) for (const comparison of comparisonsOf(example)) yield pairOf(example, comparison)
}

function pairOf(example: Example, { id, chosen, rejected }: Comparison): PreferencePair {
  return {
    v: 1,
    id: `responses:${id}`,
    input: conversation(example),
    preferred: textOf(example, chosen),
    nonPreferred: textOf(example, rejected),
    origin: { strategy: 'responses', exampleId: example.id, comparisonId: id, subset: example.subset },
  }
}

/** The example's prompt as the conversation that a response goes on with. */
export function conversation({ prompt }: Example): readonly Message[] {
  return typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt
}

/** The text of one response. */
export function textOf(example: Example, index: number): string {
  return (example.responses[index] as { text: string }).text
}
