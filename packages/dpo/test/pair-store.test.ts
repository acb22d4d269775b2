import { LONG_TEXTS, type PreferencePair, parseStudy, type StudyPairs } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { buildPairs, createPairStore, selectPairs, splitPairs, splitSelection } from '../src/index.js'
import { madeExample } from './made-examples.js'

const examples = [
  ...Array.from({ length: 30 }, (_, at) => madeExample(`m${at}`, 'Math', [20, 10, 30])),
  ...Array.from({ length: 12 }, (_, at) => madeExample(`ref:${at}`, 'Ties', [20, 5, 6, 7, 8, 9, 30])),
  ...Array.from({ length: 12 }, (_, at) => madeExample(`tied:${at}`, 'Ties', [20, 5, 30])),
  // longer than what is read ahead at once
  madeExample('long', 'Math', [100_000, 70_000, 3]),
  { ...madeExample('odd', 'Math', [3, 4]), prompt: 'line\u2028separator, "quotes", emoji 😀 and half of one \ud83d?' },
]

function askedFor(pairs: string): StudyPairs {
  const head =
    'version: 1\nname: s\ntitle: T\nquestion: Q\nbenchmark: { source: builtin }\nsplit: { method: together-2026 }\njudges: [{ name: j, provider: local, model: linear }]\n'
  return parseStudy(`${head}pairs: ${pairs}\n`, 's.yaml').pairs as StudyPairs
}

describe('pairs that wait in a file', () => {
  it('lie there when they are many, or few and very long', async () => {
    const { pairs } = await selectPairs({ asked: askedFor('{ leaks: report }'), examples, judged: [] })
    const pair = { ...pairs.at(0) }
    const isInMemory = (long: number, ...added: readonly (typeof pair)[]): boolean => {
      const store = createPairStore(long)
      for (const one of added) store.add(one)
      return store.pairs().at(0) === added[0]
    }
    const quarter = 'x'.repeat(LONG_TEXTS / 4)
    const half = { ...pair, preferred: quarter, nonPreferred: quarter }
    expect([isInMemory(3, pair, pair), isInMemory(3, pair, pair, pair)]).toEqual([true, false])
    expect([isInMemory(9, half), isInMemory(9, half, half)]).toEqual([true, false])
  })

  it('are told apart by their subsets, however many these are', async () => {
    const { pairs } = await selectPairs({ asked: askedFor('{ leaks: report }'), examples, judged: [] })
    const pair = pairs.at(0)
    const store = createPairStore()
    for (let n = 0; n <= 65_536; n++)
      store.add({ ...(pair as PreferencePair), origin: { ...(pair as PreferencePair).origin, subset: `s${n}` } })
    expect(store.pairs().columns.subsetAt(65_536)).toBe('s65536')
  })

  it.each([
    '{ leaks: report }',
    '{ split: published, shuffles: 2, leaks: report }',
    '{ cap: { Ties: 0.3 }, weights: subsets, lengths: balanced, clean: {}, leaks: drop }',
    '{ weights: examples, clean: { nearDuplicates: 0.8 }, leaks: report }',
  ])('are the same as in memory, pair for pair and report for report: %s', async (said) => {
    const asked = askedFor(said)
    const request = { asked, examples, judged: examples.slice(-1), margin: () => -1 }
    const { pairs: held, ...report } = buildPairs(request)
    const { pairs, ...reportOfFile } = await selectPairs(request, { store: createPairStore(20) })
    expect([...pairs]).toEqual(held)
    expect(reportOfFile).toEqual(report)
    const sides = splitSelection(pairs, asked)
    expect({ train: [...sides.train], validation: [...sides.validation] }).toEqual(splitPairs(held, asked))
    expect(pairs.at(7)).toEqual(held[7])
    expect(pairs.at(3)).toEqual(held[3])
  })
})
