import type { Example } from '@judgelab/core'
import { exampleGroups, foldsOf, promptKey, type Rows, siblingKey, splitGrouped, splitKFold } from '@judgelab/datasets'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawnExamples, exampleOf } from '../support/drawn-examples.js'

const seeds = fc.nat(0xffffffff)
const ids = (examples: readonly Example[], rows: readonly number[]): string[] => rows.map((row) => examples[row]!.id)

/** Prompts and sibling names that stand on both sides: found without the groups that the splits are made of. */
function shared(examples: readonly Example[], { train, test }: Rows): string[] {
  const keysOf = (rows: readonly number[]): string[] =>
    rows.flatMap((row) => [promptKey(examples[row]!.prompt), siblingKey(examples[row]!.id)])
  const trained = new Set(keysOf(train))
  return keysOf(test).filter((key) => trained.has(key))
}

function countsBy(rows: readonly number[], strata: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(strata[row]!, (counts.get(strata[row]!) ?? 0) + 1)
  return counts
}

/** The stratum of each row, and the size of the largest group. */
function shapeOf(examples: readonly Example[]): { readonly strata: string[]; readonly largest: number } {
  const strata: string[] = []
  const groups = exampleGroups(examples)
  for (const { stratum, rows } of groups) for (const row of rows) strata[row] = stratum
  return { strata, largest: Math.max(...groups.map(({ rows }) => rows.length)) }
}

describe('exampleGroups', () => {
  it('joins prompts that differ in letter case and white space, siblings, and what is linked through others', () => {
    const examples = [
      exampleOf('a', 'Math', 'What is 1 + 1?'),
      exampleOf('ref:0', 'Ties', 'Name a prime.'),
      exampleOf('b', 'Math', 'what is  1 + 1? '),
      exampleOf('tied:0', 'Ties', 'Name an even number.'),
      exampleOf('c', 'Focus', 'NAME AN EVEN NUMBER.'),
      exampleOf('ref:1', 'Ties', 'Name a colour.'),
    ]
    const groups = exampleGroups(examples).map(({ key, stratum, rows }) => [key, stratum, ids(examples, rows)])
    expect(groups).toEqual([
      ['a', 'Math', ['a', 'b']],
      ['c', 'Ties', ['ref:0', 'tied:0', 'c']],
      ['ref:1', 'Ties', ['ref:1']],
    ])
  })

  it('keeps apart what differs in a sign, and blank prompts', () => {
    const prompts = ['What is 3 + 5?', 'What is 3 - 5?', '', '', ' \n']
    expect(exampleGroups(prompts.map((prompt, at) => exampleOf(`e${at}`, 'Math', prompt)))).toHaveLength(5)
  })
})

describe('splitGrouped', () => {
  it('never has a prompt or siblings on both sides, and puts every example on one', () => {
    fc.assert(
      fc.property(drawnExamples(20), seeds, fc.double({ min: 0.2, max: 0.8, noNaN: true }), (examples, seed, share) => {
        fc.pre(shapeOf(examples).largest < examples.length * 0.2)
        const sides = splitGrouped(examples, { seed, share })
        expect(shared(examples, sides)).toEqual([])
        expect([...sides.train, ...sides.test].sort((a, b) => a - b)).toEqual(examples.map((_, row) => row))
      }),
    )
  })

  it('keeps the share of every stratum to within one group, and of the whole to within half of one', () => {
    fc.assert(
      fc.property(drawnExamples(20), seeds, fc.double({ min: 0.2, max: 0.8, noNaN: true }), (examples, seed, share) => {
        const { strata, largest } = shapeOf(examples)
        fc.pre(largest < examples.length * 0.2)
        const { test } = splitGrouped(examples, { seed, share })
        const counts = countsBy(test, strata)
        for (const [stratum, all] of countsBy(
          strata.map((_, row) => row),
          strata,
        ))
          expect(Math.abs((counts.get(stratum) ?? 0) - share * all)).toBeLessThanOrEqual(largest + 1e-9)
        expect(Math.abs(test.length - share * examples.length)).toBeLessThanOrEqual(largest / 2 + 1e-9)
      }),
    )
  })

  it('takes sizes for both sides, and leaves the rest on neither', () => {
    fc.assert(
      fc.property(drawnExamples(40), seeds, (examples, seed) => {
        const { largest } = shapeOf(examples)
        fc.pre(largest <= 6)
        const sides = splitGrouped(examples, { seed, testSize: 10, trainSize: 20 })
        expect(Math.abs(sides.test.length - 10)).toBeLessThanOrEqual(largest / 2)
        expect(Math.abs(sides.train.length - 20)).toBeLessThanOrEqual(largest / 2)
        expect(shared(examples, sides)).toEqual([])
      }),
    )
  })

  it('is the same for the same seed, whatever the order of the rows', () => {
    fc.assert(
      fc.property(drawnExamples(20), seeds, (examples, seed) => {
        fc.pre(shapeOf(examples).largest < examples.length * 0.2)
        const turned = examples.toReversed()
        const [sides, ofTurned] = [examples, turned].map((list) => {
          const { train, test } = splitGrouped(list, { seed, share: 0.4 })
          return [ids(list, train).sort(), ids(list, test).sort()]
        })
        expect(ofTurned).toEqual(sides)
      }),
    )
  })

  it('is another one for another seed; a fifth is for testing where nothing is said', () => {
    const examples = Array.from({ length: 100 }, (_, at) => exampleOf(`e${at}`, at < 60 ? 'Math' : 'Focus', `${at}?`))
    const [one, two] = [1, 2].map((seed) => splitGrouped(examples, { seed }))
    expect(one!.test).toHaveLength(20)
    expect(one!.test.filter((row) => row < 60)).toHaveLength(12)
    expect(two!.test).not.toEqual(one!.test)
  })

  it('refuses sizes beyond what there is, and a side without examples', () => {
    const examples = Array.from({ length: 10 }, (_, at) => exampleOf(`e${at}`, 'Math', `${at}?`))
    expect(() => splitGrouped(examples, { seed: 1, testSize: 4, trainSize: 7 })).toThrow(
      'split.testSize: expected sizes that add up to at most the 10 examples, found testSize 4 and trainSize 7',
    )
    expect(() => splitGrouped(examples, { seed: 1, testSize: 11 })).toThrow(
      'at most the 10 examples, found testSize 11',
    )
    const one = examples.map((example) => ({ ...example, prompt: 'the same' }))
    expect(() => splitGrouped(one, { seed: 1, share: 0.4 })).toThrow(
      'split: expected examples for both sides, found 10 for training and 0 for testing, of 10 in 1 groups',
    )
  })
})

describe('splitKFold', () => {
  it('has every example on exactly one test side, groups undivided, and strata even to within one group', () => {
    fc.assert(
      fc.property(drawnExamples(30), seeds, fc.integer({ min: 2, max: 5 }), (examples, seed, folds) => {
        const { strata } = shapeOf(examples)
        const groups = exampleGroups(examples)
        fc.pre(groups.length >= folds)
        const splits = Array.from({ length: folds }, (_, at) => splitKFold(examples, { seed, folds, fold: at + 1 }))
        expect(splits.flatMap(({ test }) => test).sort((a, b) => a - b)).toEqual(examples.map((_, row) => row))
        for (const sides of splits) {
          expect(sides.train.length + sides.test.length).toBe(examples.length)
          expect(shared(examples, sides)).toEqual([])
        }
        for (const stratum of new Set(strata)) {
          const sizes = splits.map(({ test }) => countsBy(test, strata).get(stratum) ?? 0)
          const largest = Math.max(...groups.map((group) => (group.stratum === stratum ? group.rows.length : 0)))
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(largest)
        }
      }),
    )
  })

  it('keeps a stratum even where another one is not', () => {
    // Focus, first by name, is one group of ten; the twenty of Math are still ten a fold.
    const one = Array.from({ length: 10 }, (_, at) => exampleOf(`f${at}`, 'Focus', 'the same'))
    const many = Array.from({ length: 20 }, (_, at) => exampleOf(`m${at}`, 'Math', `${at}?`))
    const folds = foldsOf([...one, ...many], { seed: 1, folds: 2 })
    expect(folds.map((rows) => rows.filter((row) => row >= 10).length)).toEqual([10, 10])
  })

  it('does not look at the order of the rows, and draws anew with another seed', () => {
    const examples = Array.from({ length: 60 }, (_, at) => exampleOf(`e${at}`, at < 25 ? 'Math' : 'Focus', `${at}?`))
    const turned = examples.toReversed()
    const folds = foldsOf(examples, { seed: 9, folds: 4 }).map((rows) => ids(examples, rows).sort())
    expect(foldsOf(turned, { seed: 9, folds: 4 }).map((rows) => ids(turned, rows).sort())).toEqual(folds)
    expect(folds.map(({ length }) => length)).toEqual([15, 15, 15, 15])
    expect(foldsOf(examples, { seed: 8, folds: 4 }).map((rows) => ids(examples, rows).sort())).not.toEqual(folds)
  })

  it('refuses a fold that is not there, and more folds than groups', () => {
    const examples = Array.from({ length: 3 }, (_, at) => exampleOf(`e${at}`, 'Math', `${at}?`))
    for (const fold of [0, 4, 1.5])
      expect(() => splitKFold(examples, { seed: 1, folds: 3, fold })).toThrow(
        `splitKFold needs an integer 1 <= fold <= folds, got fold=${fold}, folds=3`,
      )
    expect(() => splitKFold(examples, { seed: 1, folds: 4, fold: 1 })).toThrow(
      'split.folds: expected at most 3, the groups of 3 examples that no fold may divide, found 4',
    )
  })
})
