import {
  bandingFor,
  candidateChance,
  jaccard,
  nearDuplicates,
  nearDuplicatesWithin,
  shinglesOf,
} from '@judgelab/datasets'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMinHash, SIGNATURE_LENGTH } from '../../src/audit/min-hash.js'
import { hashedShingles, sharedCount } from '../../src/audit/shingles.js'
import { madeTexts, plainSimilarity } from './made-texts.js'

const words = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => `word${from + at}`).join(' ')

describe('nearDuplicates', () => {
  it.each([0.3, 0.5, 0.6, 0.8, 1])('finds at %d what brute force finds, all of it and nothing else', (threshold) => {
    const texts = madeTexts(600, 11)
    const [known, searched] = [texts.slice(0, 400), texts.slice(400)]
    const expected = searched.flatMap((text, at) =>
      known.some((other) => plainSimilarity(text, other) >= threshold) ? [at] : [],
    )
    const found = nearDuplicates(searched, known, { threshold })
    expect(expected.length).toBeGreaterThan(0)
    expect(found.map(({ text }) => text)).toEqual(expected)
    for (const { text, of, similarity } of found) {
      expect(similarity).toBe(plainSimilarity(searched[text]!, known[of]!))
      expect(similarity).toBeGreaterThanOrEqual(threshold)
    }
  })

  it('reports nothing below the threshold, whatever the texts', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 25 })
      .map((list) => list.join(' '))
    fc.assert(
      fc.property(
        fc.array(text),
        fc.array(text),
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (searched, known, threshold) => {
          for (const { text: at, of, similarity } of nearDuplicates(searched, known, { threshold })) {
            expect(similarity).toBeGreaterThanOrEqual(threshold)
            expect(plainSimilarity(searched[at]!, known[of]!)).toBe(similarity)
          }
        },
      ),
    )
  })

  it('finds in one list what brute force finds: each text that is near an earlier one', () => {
    const texts = madeTexts(300, 12)
    const expected = texts.flatMap((text, at) =>
      texts.slice(0, at).some((other) => plainSimilarity(text, other) >= 0.6) ? [at] : [],
    )
    const found = nearDuplicates(texts, texts, { isOneList: true })
    expect(expected.length).toBeGreaterThan(0)
    expect(found.map(({ text }) => text)).toEqual(expected)
    for (const { text, of } of found) expect(of).toBeLessThan(text)
  })

  it('counts a text exactly at the threshold, which is 0.6 where nothing is said', () => {
    // 9 words have 5 5-grams, their first 7 words 3 of these: 3 / 5. The first 6 have 2: 2 / 5.
    expect(nearDuplicates([words(0, 7)], [words(0, 9)])).toEqual([{ text: 0, of: 0, similarity: 0.6 }])
    expect(nearDuplicates([words(0, 6)], [words(0, 9)])).toEqual([])
  })

  it('does not see letter case, punctuation and line breaks', () => {
    const [found] = nearDuplicates(['One, TWO:\nthree – four; five; SIX!'], ['one two three four (five) six'])
    expect(found).toEqual({ text: 0, of: 0, similarity: 1 })
  })

  it('never calls texts of fewer than five words near, and stands empty lists', () => {
    expect(nearDuplicates(['yes', 'one two three four', '', '!?'], ['yes', 'one two three four', '', '!?'])).toEqual([])
    expect(nearDuplicates([], ['one two three four five'])).toEqual([])
    expect(nearDuplicates(['one two three four five'], [])).toEqual([])
  })

  it('stands half a million characters, one word of them, and lone surrogates', () => {
    const long = words(0, 60_000)
    const texts = [long, 'x'.repeat(500_000), '\ud800 a b c d e \udfff', '这是一个很长的中文句子']
    expect(nearDuplicates(texts, texts).map(({ text, of }) => [text, of])).toEqual([
      [0, 0],
      [2, 2],
      [3, 3],
    ])
  })

  it('refuses a threshold outside (0, 1]', () => {
    for (const threshold of [0, -1, 1.1, Number.NaN])
      expect(() => nearDuplicates([], [], { threshold })).toThrow(
        `nearDuplicates needs a threshold in (0, 1], got ${threshold}`,
      )
  })
})

describe('MinHash', () => {
  it('agrees in as many places as two sets are similar', () => {
    const minHash = createMinHash()
    const signatures = new Uint32Array(2 * SIGNATURE_LENGTH)
    const texts = madeTexts(400, 3)
    let [estimates, truths, worst, count] = [0, 0, 0, 0]
    for (let at = 2; at < texts.length; at += 3)
      for (const other of texts.slice(0, at)) {
        const truth = plainSimilarity(texts[at]!, other)
        if (truth < 0.2) continue
        minHash(hashedShingles(texts[at]!), signatures, 0)
        minHash(hashedShingles(other), signatures, SIGNATURE_LENGTH)
        const equal = signatures
          .slice(0, SIGNATURE_LENGTH)
          .filter((value, k) => value === signatures[SIGNATURE_LENGTH + k])
        const estimate = equal.length / SIGNATURE_LENGTH
        estimates += estimate
        truths += truth
        worst = Math.max(worst, Math.abs(estimate - truth))
        count++
      }
    expect(count).toBeGreaterThan(50)
    // Of one pair the standard error is at most sqrt(1/4/128) = 0.044; 5 of them for the worst, 4 / sqrt(count) for the mean.
    expect(worst).toBeLessThan(5 * 0.0442)
    expect(Math.abs(estimates - truths) / count).toBeLessThan((4 * 0.0442) / Math.sqrt(count))
  })

  it('keeps for hashed sets what is true of the sets of strings', () => {
    const [a, b] = [words(0, 400), words(100, 500)]
    const [hashedA, hashedB] = [hashedShingles(a), hashedShingles(b)]
    expect(hashedA).toHaveLength(396)
    expect([...hashedA]).toEqual([...new Set(hashedA)].sort((x, y) => x - y))
    // Words 100 to 399 are shared: 296 5-grams of 396 + 396 - 296.
    expect(sharedCount(hashedA, hashedB)).toBe(296)
    expect(jaccard(shinglesOf(a), shinglesOf(b))).toBe(296 / 496)
  })
})

describe('bandingFor', () => {
  it.each([
    [0.6, 3, 42],
    [0.8, 5, 25],
    [1, 128, 1],
    [0.05, 1, 128],
  ])('at %d: %i rows in %i bands', (threshold, rows, bands) => {
    expect(bandingFor(threshold)).toEqual({ rows, bands })
  })

  it('makes a pair at the threshold a candidate with chance 0.9999 at least, from 0.07 on', () => {
    for (let threshold = 0.07; threshold <= 1; threshold += 0.01)
      expect(candidateChance(threshold, bandingFor(threshold))).toBeGreaterThanOrEqual(0.9999)
    // 1 - (1 - 0.6^3)^42 = 1 - 0.784^42
    expect(candidateChance(0.6, { rows: 3, bands: 42 })).toBeCloseTo(1 - 0.784 ** 42, 12)
  })
})

describe('how far the search is', () => {
  type OnText = (done: number, total: number, what: string) => void
  const told = (search: (onText: OnText) => void): string[] => {
    const lines: string[] = []
    search((done, total, what) => void lines.push(`${done}/${total} ${what}`))
    return lines
  }
  const text = 'one two three four five six seven'

  it('counts the known texts, then the searched ones', () => {
    expect(told((onText) => nearDuplicates([text, 'short'], [text, 'a', text], { onText }))).toEqual([
      '1/3 read',
      '2/3 read',
      '3/3 read',
      '1/2 compared',
      '2/2 compared',
    ])
  })

  it('counts those of one list when they are read and, where they can be alike, when they are compared', () => {
    expect(told((onText) => nearDuplicatesWithin([text, text, 'a b'], { onText }))).toEqual([
      '1/3 read',
      '2/3 read',
      '3/3 read',
      '1/2 compared',
      '2/2 compared',
    ])
  })
})
