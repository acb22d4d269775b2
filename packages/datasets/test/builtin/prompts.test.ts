import { describe, expect, it } from 'vitest'
import { COMMITTED } from './committed.js'

/** The word 5-grams of a text; of a shorter text, the text. */
function fiveGrams(text: string): Set<string> {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word !== '')
  const grams = new Set<string>()
  for (let i = 0; i + 5 <= words.length; i++) grams.add(words.slice(i, i + 5).join(' '))
  return grams.size > 0 ? grams : new Set([words.join(' ')])
}

/** The highest Jaccard similarity of any two texts, with their indices, over an inverted index of 5-grams. */
function mostAlike(texts: readonly string[]): { similarity: number; pair: [number, number] } {
  const sets = texts.map(fiveGrams)
  const holders = new Map<string, number[]>()
  let best = { similarity: 0, pair: [0, 0] as [number, number] }
  sets.forEach((grams, index) => {
    const shared = new Map<number, number>()
    for (const gram of grams) {
      const earlier = holders.get(gram) ?? []
      for (const other of earlier) shared.set(other, (shared.get(other) ?? 0) + 1)
      holders.set(gram, [...earlier, index])
    }
    for (const [other, count] of shared) {
      const similarity = count / (grams.size + sets[other]!.size - count)
      if (similarity > best.similarity) best = { similarity, pair: [other, index] }
    }
  })
  return best
}

describe('prompts', () => {
  it('measures likeness as counted by hand', () => {
    // "a b c d e f" has 2 five-grams, "a b c d e g" has 2, of which 1 is shared: 1 / 3.
    expect(mostAlike(['a b c d e f', 'A b, c d e g']).similarity).toBeCloseTo(1 / 3, 12)
    expect(mostAlike(['one two', 'one two'])).toEqual({ similarity: 1, pair: [0, 1] })
  })

  it('are never near duplicates: Jaccard of word 5-grams below 0.6 between any two', () => {
    const { similarity, pair } = mostAlike(COMMITTED.map((row) => row.prompt))
    expect(similarity, pair.map((i) => COMMITTED[i]!.prompt).join('\n')).toBeLessThan(0.6)
  })

  it('open in many ways in every subset', () => {
    for (const subset of new Set(COMMITTED.map((row) => row.subset))) {
      const rows = COMMITTED.filter((row) => row.subset === subset)
      const openings = new Set(rows.map((row) => row.prompt.split(/\s+/).slice(0, 3).join(' ')))
      expect(openings.size, subset).toBeGreaterThanOrEqual(15)
    }
  })
})
