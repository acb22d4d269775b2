import { readFileSync } from 'node:fs'
import { type Example, type PreferencePair, projectAt, rejectedOf, type StudySplit } from '@judgelab/core'
import { type Benchmark, loadBenchmark, printedExamples, splitBenchmark } from '@judgelab/datasets'
import { beforeAll, expect, it } from 'vitest'
import { pairsOf, shuffledSides } from '../audit/made-pairs.js'
import { describeReal } from '../support/describe-real.js'

const where = { variable: 'JUDGELAB_REWARD_BENCH_2', wanted: 'a file of its test split, in its order' }

const reference = JSON.parse(
  readFileSync(new URL('../fixtures/together-2026-split.json', import.meta.url), 'utf8'),
) as { readonly sizes: Record<string, number>; readonly train: readonly number[]; readonly test: readonly number[] }

const PUBLISHED: StudySplit = { method: 'together-2026', seed: 42, trainSize: 1500, testSize: 300 }

/** What the published notebook printed of the two files that it uploaded, in bytes. */
const UPLOADED = { train: 15_368_746, validation: 1_747_563 }

/** Printed by the published notebook after its two shuffles. */
const TRAIN = { Factuality: 1036, 'Precise IF': 344, Math: 400, Safety: 955, Focus: 1073, Ties: 1058 }
const VALIDATION = { Factuality: 110, 'Precise IF': 40, Math: 41, Safety: 128, Focus: 121, Ties: 101 }

function counts(subsets: readonly string[]): Record<string, number> {
  const held: Record<string, number> = {}
  for (const subset of subsets) held[subset] = (held[subset] ?? 0) + 1
  return held
}

/** The bytes of a pair as Python's json.dumps writes it, in ASCII with spaces after colons and commas, and its line end. */
function uploadedBytes({ input, preferred, nonPreferred }: PreferencePair): number {
  const message = (role: string, content: string): string =>
    `{"role": "${role}", "content": ${JSON.stringify(content).replace(/[\u007f-\uffff]/g, '\\u0000')}}`
  const messages = input.map(({ role, content }) => message(role, content)).join(', ')
  return `{"input": {"messages": [${messages}]}, "preferred_output": [${message('assistant', preferred)}], "non_preferred_output": [${message('assistant', nonPreferred)}]}\n`
    .length
}

describeReal('the real RewardBench 2', where, (path) => {
  let benchmark: Benchmark
  let train: readonly Example[]

  beforeAll(async () => {
    benchmark = await loadBenchmark({ source: 'reward-bench-2', path }, projectAt('.'))
    const byId = new Map(benchmark.examples.map((example) => [example.id, example]))
    const split = splitBenchmark(benchmark, PUBLISHED)
    train = split.train.map((id) => byId.get(id)!)
    expect(split.test).toEqual(reference.test.map((row) => benchmark.examples[row]!.id))
  })

  it('has the published subsets in the published order', () => {
    expect(counts(benchmark.examples.map(({ subset }) => subset))).toEqual(reference.sizes)
    expect(Object.keys(counts(benchmark.examples.map(({ subset }) => subset)))).toEqual(Object.keys(reference.sizes))
  })

  it('has the published rows on the training side, which make 5,407 pairs', () => {
    expect(train.map(({ id }) => id)).toEqual(reference.train.map((row) => benchmark.examples[row]!.id))
    expect(train.reduce((sum, example) => sum + rejectedOf(example).length, 0)).toBe(5407)
  })

  it('has the published pairs by subset after two shuffles, and not after one', () => {
    const bySubset = (times: number): Record<string, number>[] => {
      const sides = shuffledSides(pairsOf(train), times)
      return [sides.train, sides.validation].map((pairs) => counts(pairs.map(({ origin }) => origin.subset)))
    }
    expect(bySubset(2)).toEqual([TRAIN, VALIDATION])
    expect(bySubset(1)).not.toEqual([TRAIN, VALIDATION])
  })

  it('holds the examples that the article prints, where it prints them', () => {
    const printed = printedExamples(benchmark, splitBenchmark(benchmark, PUBLISHED))
    expect(printed?.map(({ what, differences }) => ({ what, differences }))).toEqual(
      printed?.map(({ what }) => ({ what, differences: [] })),
    )
    expect(printed).toHaveLength(3)
  })

  it('makes files of the bytes that the article uploaded after its two shuffles', () => {
    const { train: ofTrain, validation } = shuffledSides(pairsOf(train), 2)
    const bytes = (pairs: readonly PreferencePair[]): number =>
      pairs.reduce((sum, pair) => sum + uploadedBytes(pair), 0)
    expect({ train: bytes(ofTrain), validation: bytes(validation) }).toEqual(UPLOADED)
  })
})
