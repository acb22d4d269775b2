import { createNumpyRandom, type Example, type PreferencePair, rejectedOf } from '@judgelab/core'
import type { AuditedPairs } from '@judgelab/datasets'

/** Every rejected response against the first chosen one, as packages/dpo (which stands above this one) makes pairs. */
export function pairsOf(examples: readonly Example[]): PreferencePair[] {
  return examples.flatMap((example) =>
    rejectedOf(example).map((rejected): PreferencePair => {
      const comparisonId = `${example.id}:${example.chosen[0]}>${rejected}`
      return {
        v: 1,
        id: `responses:${comparisonId}`,
        input: typeof example.prompt === 'string' ? [{ role: 'user', content: example.prompt }] : example.prompt,
        preferred: example.responses[example.chosen[0]!]!.text,
        nonPreferred: example.responses[rejected]!.text,
        origin: { strategy: 'responses', exampleId: example.id, comparisonId, subset: example.subset },
      }
    }),
  )
}

/** The published shuffle: the seed set and the list shuffled, `times` over; the last tenth is for validation. */
export function shuffledSides(pairs: readonly PreferencePair[], times: number): AuditedPairs {
  const order = [...pairs]
  for (let pass = 0; pass < times; pass++) createNumpyRandom(42).shuffle(order)
  const cut = Math.trunc(0.9 * order.length)
  return { train: order.slice(0, cut), validation: order.slice(cut) }
}
