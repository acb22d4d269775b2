import { type PreferencePair, tokenizerOfFamily } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { cleanPairs, pairTokens } from '../src/index.js'

const LONG =
  'The old bridge over the river was built in the year of the great flood by masons from the town who had never built one before'

function pair(id: string, preferred: string, nonPreferred: string, prompt = 'Why?'): PreferencePair {
  return {
    v: 1,
    id,
    input: [{ role: 'user', content: prompt }],
    preferred,
    nonPreferred,
    origin: { strategy: 'responses', exampleId: id, comparisonId: id, subset: id.startsWith('s') ? 'Safety' : 'Math' },
  }
}

const reasonsOf = (pairs: readonly PreferencePair[], options?: Parameters<typeof cleanPairs>[1]): [string, number][] =>
  Object.entries(cleanPairs(pairs, options).cleaning.dropped)
    .filter(([, { count }]) => count > 0)
    .map(([reason, { count }]) => [reason, count])

describe('cleanPairs', () => {
  it('leaves out blank and identical sides, and what was said before, case and white space aside', () => {
    const pairs = [
      pair('a', 'Yes.', 'No.'),
      pair('b', ' \u200b\n', 'No.'),
      pair('c', 'Yes.', ''),
      pair('d', 'Yes.', 'No.', ' '),
      pair('s', 'yes  it is', 'Yes it is\n'),
      pair('f', 'YES.', 'no.', 'why?'),
      pair('g', 'No.', 'Yes.'),
      pair('h', 'Yes.', 'No.', 'Why not?'),
    ]
    const { pairs: left, cleaning } = cleanPairs(pairs)
    expect(left.map(({ id }) => id)).toEqual(['a', 'g', 'h'])
    expect(cleaning).toMatchObject({ before: 8, after: 3, limit: null, nearDuplicates: null })
    expect(cleaning.dropped).toMatchObject({
      empty: { count: 3, bySubset: { Math: 3 }, cases: [{ id: 'b' }, { id: 'c' }, { id: 'd' }] },
      identical: { count: 1, bySubset: { Safety: 1 }, cases: [{ id: 's' }] },
      repeated: { count: 1, cases: [{ id: 'f' }] },
    })
  })

  it('does not take one text for another because of where it is cut', () => {
    expect(reasonsOf([pair('a', 'ab', 'c'), pair('b', 'a', 'bc')])).toEqual([])
  })

  it('leaves out pairs over the token limit of the target, its error added where it is not exact', async () => {
    const [exact, other] = await Promise.all([tokenizerOfFamily('o200k'), tokenizerOfFamily('other')])
    const held = pair('a', LONG, 'No.')
    const tokens = pairTokens(held, exact)
    expect(tokens).toBeGreaterThan(25)
    const limit = (tokenizer: typeof exact, maxTokens: number): [string, number][] =>
      reasonsOf([held], { limit: { tokenizer, maxTokens } })
    expect(limit(exact, tokens)).toEqual([])
    expect(limit(exact, tokens - 1)).toEqual([['too-long', 1]])
    expect(limit(other, tokens)).toEqual([['too-long', 1]])
    expect(limit(other, 2 * tokens)).toEqual([])
    expect(cleanPairs([held], { limit: { tokenizer: other, maxTokens: 9 } }).cleaning.limit).toEqual({
      family: 'other',
      isExact: false,
      relativeError: 0.25,
      maxTokens: 9,
    })
  })

  it('leaves out near duplicates only where all three texts are alike, and keeps the first', () => {
    const pairs = [
      pair('a', LONG, `${LONG} indeed`, `${LONG}?`),
      pair('b', `${LONG} too`, `${LONG} indeed`, `${LONG}?`),
      pair('c', LONG, 'Something else altogether, and nothing of the kind at all.', `${LONG}?`),
      pair('d', LONG, `${LONG} indeed`, 'Another question about which nobody has ever asked anybody before?'),
      pair('e', `${LONG} also`, `${LONG} indeed`, `${LONG}?`),
    ]
    const { pairs: left, cleaning } = cleanPairs(pairs, { nearDuplicates: 0.8 })
    expect(left.map(({ id }) => id)).toEqual(['a', 'c', 'd'])
    // LONG has 26 words and 22 shingles; one more word makes one more shingle.
    expect(cleaning.dropped['near-duplicate'].cases).toEqual([
      { id: 'b', of: 'a', similarity: 22 / 23 },
      { id: 'e', of: 'a', similarity: 22 / 23 },
    ])
  })

  it('keeps both orders of a verdict, whose prompts are nearly the same', () => {
    const [a, b] = [`first: ${LONG}`, 'second: something short that was said of the bridge by someone']
    const verdicts = [pair('a', '[[A]]', '[[B]]', `${a}\n${b}`), pair('b', '[[B]]', '[[A]]', `${b}\n${a}`)]
    expect(reasonsOf(verdicts, { nearDuplicates: 0.5 })).toEqual([])
  })
})
