import type { Example, Steps } from '@judgelab/core'
import { nearDuplicateSteps } from './near-duplicates.js'
import { normalText, wordsOf } from './normal-text.js'
import { type AuditedSides, rounded } from './prompt-checks.js'
import { SHINGLE_WORDS } from './shingles.js'
import { type Checked, caseFinding } from './tally.js'

interface HeldResponse {
  readonly exampleId: string
  readonly subset: string
  readonly text: string
  readonly key: string
}

/**
 * Test responses of at least five words that stand on the training side: the same ones, and nearly the same ones. Shorter
 * ones (`Paris.`, `I don't know`) recur by nature; they are counted as `short`. Stock phrases recur too: a warning, no leak.
 */
export function* repeatedResponses(
  { train, test }: AuditedSides,
  threshold: number,
): Steps<readonly [exact: Checked, near: Checked]> {
  const known = new Map<string, HeldResponse>()
  for (const response of responsesOf(train)) if (!known.has(response.key)) known.set(response.key, response)
  const all = responsesOf(test)
  const long = all.filter(({ text }) => wordsOf(text).length >= SHINGLE_WORDS)
  const counts = { short: all.length - long.length }
  const exact = caseFinding(
    long.map(({ exampleId, subset, key }) => {
      const of = known.get(key)
      return { subset, case: of && { id: exampleId, of: of.exampleId } }
    }),
    {
      name: 'responses-exact',
      bad: 'warning',
      sentence: 'test responses of five words or more stand on the training side',
      counts,
    },
  )
  const others = [...new Map(long.filter(({ key }) => !known.has(key)).map((held) => [held.key, held])).values()]
  const sources = [...known.values()]
  const duplicates = yield* nearDuplicateSteps(
    others.map(({ text }) => text),
    sources.map(({ text }) => text),
    { threshold },
  )
  const near = new Map(duplicates.map((duplicate) => [(others[duplicate.text] as HeldResponse).key, duplicate]))
  return [
    exact,
    caseFinding(
      long.map(({ exampleId, subset, key }) => {
        const found = near.get(key)
        if (found === undefined) return { subset }
        const of = (sources[found.of] as HeldResponse).exampleId
        return { subset, case: { id: exampleId, of, similarity: rounded(found.similarity) } }
      }),
      {
        name: 'responses-near',
        bad: 'warning',
        sentence: `test responses of five words or more nearly stand on the training side (similarity ${threshold} or more)`,
        threshold,
        counts,
      },
    ),
  ]
}

function responsesOf(examples: readonly Example[]): HeldResponse[] {
  return examples.flatMap(({ id, subset, responses }) =>
    responses.map(({ text }) => ({ exampleId: id, subset, text, key: normalText(text) })),
  )
}
