import type { Example, PreferencePair } from '@judgelab/core'
import { siblingKey } from '../splits/groups.js'
import type { AuditFinding } from './audit-report.js'
import { pairPromptKey, promptDigest } from './pair-prompt-key.js'
import { type Checked, caseFinding } from './tally.js'

/** Pairs to train on, and pairs to watch the training by. */
export interface AuditedPairs {
  readonly train: readonly PreferencePair[]
  readonly validation: readonly PreferencePair[]
}

/** Pairs, of either side, that are made of a test example or ask its prompt. */
export function pairsOnTestSide({ train, validation }: AuditedPairs, test: readonly Example[]): Checked {
  const ids = new Set(test.map(({ id }) => id))
  const prompts = new Map(test.map(({ id, prompt }) => [promptDigest(prompt), id]))
  prompts.delete('')
  return caseFinding(
    [...train, ...validation].map((pair) => {
      const { id, origin } = pair
      const of = ids.has(origin.exampleId) ? origin.exampleId : prompts.get(pairPromptKey(pair))
      return { subset: origin.subset, case: of === undefined ? undefined : { id, of } }
    }),
    {
      name: 'pairs-on-test-side',
      bad: 'leak',
      sentence: 'preference pairs are made of a test example or ask its prompt',
    },
  )
}

/**
 * Validation pairs whose prompt, or whose sibling's prompt, also stands among the training pairs: their loss says how well
 * the training is remembered, not how well it carries over.
 */
export function sharedPairPrompts({ train, validation }: AuditedPairs): Checked {
  const known = new Map(
    train.flatMap((pair) => [
      [`prompt ${pairPromptKey(pair)}`, pair.id] as const,
      [`sibling ${siblingKey(pair.origin.exampleId)}`, pair.id] as const,
    ]),
  )
  known.delete('prompt ')
  return caseFinding(
    validation.map((pair) => {
      const { id, origin } = pair
      const of = known.get(`sibling ${siblingKey(origin.exampleId)}`) ?? known.get(`prompt ${pairPromptKey(pair)}`)
      return { subset: origin.subset, case: of === undefined ? undefined : { id, of } }
    }),
    {
      name: 'pairs-shared-prompts',
      bad: 'leak',
      sentence: 'validation pairs share their prompt, or their sibling’s, with training pairs',
    },
  )
}

/** From this many times its share of the training examples on, a subset is over-represented among the training pairs. */
const MOST_TIMES = 1.5

/** Whether some subset weighs much more in the training pairs than in the examples that they are made of. */
export function subsetShares({ train }: AuditedPairs, examples: readonly Example[]): AuditFinding {
  const counts = new Map<string, { examples: number; pairs: number }>()
  const add = (subset: string, what: 'examples' | 'pairs'): void => {
    const held = counts.get(subset) ?? { examples: 0, pairs: 0 }
    held[what] += 1
    counts.set(subset, held)
  }
  for (const { subset } of examples) add(subset, 'examples')
  for (const { origin } of train) add(origin.subset, 'pairs')
  const over = [...counts].filter(
    ([, held]) => held.pairs / train.length > MOST_TIMES * (held.examples / examples.length),
  )
  const described = over.map(
    ([subset, held]) =>
      `${subset} is ${percent(held.examples / examples.length)} of the training examples and ${percent(held.pairs / train.length)} of the training pairs`,
  )
  return {
    name: 'subset-shares',
    verdict: over.length === 0 ? 'ok' : 'warning',
    summary:
      over.length === 0
        ? `no subset has more than ${MOST_TIMES} times its share of the training examples among the training pairs`
        : described.join('; '),
    counts: { subsets: counts.size, found: over.length },
    bySubset: Object.fromEntries(counts),
    threshold: MOST_TIMES,
    examples: [],
  }
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
