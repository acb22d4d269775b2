import { type Example, promptText, type Steps } from '@judgelab/core'
import { siblingKey } from '../splits/groups.js'
import { nearDuplicateSteps } from './near-duplicates.js'
import { promptKey } from './normal-text.js'
import { type Checked, caseFinding } from './tally.js'

/** Both sides of a split, as examples. */
export interface AuditedSides {
  readonly train: readonly Example[]
  readonly test: readonly Example[]
}

/** Test examples whose prompt stands on the training side, letter case and white space aside. */
export function exactPrompts({ train, test }: AuditedSides): Checked {
  const known = firstByKey(train)
  return caseFinding(
    test.map(({ id, subset, prompt }) => {
      const of = known.get(promptKey(prompt))
      return { subset, case: of && { id, of: of.id } }
    }),
    {
      name: 'prompts-exact',
      bad: 'leak',
      sentence: 'test examples ask a prompt that stands on the training side',
    },
  )
}

/** Test examples whose prompt is nearly one on the training side, but not the same. */
export function* nearPrompts({ train, test }: AuditedSides, threshold: number): Steps<readonly Checked[]> {
  const known = firstByKey(train)
  const others = test.filter(({ prompt }) => !known.has(promptKey(prompt)))
  const sources = [...known.values()]
  const near = yield* nearDuplicateSteps(
    others.map(({ prompt }) => promptText(prompt)),
    sources.map(({ prompt }) => promptText(prompt)),
    { threshold },
  )
  const cases = new Map(
    near.map(({ text, of, similarity }) => {
      const { id } = others[text] as Example
      return [id, { id, of: (sources[of] as Example).id, similarity: rounded(similarity) }]
    }),
  )
  return [
    caseFinding(
      test.map(({ id, subset }) => ({ subset, case: cases.get(id) })),
      {
        name: 'prompts-near',
        bad: 'leak',
        sentence: `test examples ask nearly a prompt of the training side (similarity ${threshold} or more)`,
        threshold,
      },
    ),
  ]
}

/** Test examples whose sibling (`ref:N` and `tied:N`: one question) stands on the training side. */
export function dividedSiblings({ train, test }: AuditedSides): Checked {
  const known = new Map<string, string[]>()
  for (const { id } of train) known.set(siblingKey(id), [...(known.get(siblingKey(id)) ?? []), id])
  return caseFinding(
    test.map(({ id, subset }) => {
      const of = known.get(siblingKey(id))?.find((other) => other !== id)
      return { subset, case: of === undefined ? undefined : { id, of } }
    }),
    {
      name: 'siblings-divided',
      bad: 'leak',
      sentence: 'test examples have their sibling (ref: and tied: of one question) on the training side',
    },
  )
}

/** The first example with each prompt; blank prompts are no evidence of anything. */
function firstByKey(examples: readonly Example[]): Map<string, Example> {
  const first = new Map<string, Example>()
  for (const example of examples) {
    const key = promptKey(example.prompt)
    if (key !== '' && !first.has(key)) first.set(key, example)
  }
  return first
}

/** Three decimals, rounded down: a similarity must not look larger than it is. */
export function rounded(similarity: number): number {
  return Math.floor(similarity * 1000) / 1000
}
