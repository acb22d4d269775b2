import { comparisonOf, type Example, type Message, type PreferencePair, rejectedOf } from '@judgelab/core'

/**
 * The published strategy: every rejected response of every example against `chosen[0]`, in the order of the examples and
 * of their rejected responses.
 */
export function pairsFromResponses(examples: readonly Example[]): PreferencePair[] {
  return examples.flatMap((example) => rejectedOf(example).map((rejected) => pairOf(example, rejected)))
}

function pairOf(example: Example, rejected: number): PreferencePair {
  const chosen = example.chosen[0] as number
  const comparison = comparisonOf(example, chosen, rejected)
  return {
    v: 1,
    id: `responses:${comparison.id}`,
    input: conversation(example),
    preferred: textOf(example, chosen),
    nonPreferred: textOf(example, rejected),
    origin: { strategy: 'responses', exampleId: example.id, comparisonId: comparison.id, subset: example.subset },
  }
}

function conversation({ prompt }: Example): readonly Message[] {
  return typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt
}

function textOf(example: Example, index: number): string {
  return (example.responses[index] as { text: string }).text
}
