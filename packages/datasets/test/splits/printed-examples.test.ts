import { readFileSync } from 'node:fs'
import type { Example, StudySplit } from '@judgelab/core'
import { type Benchmark, benchmarkOf, printedExamples, splitBenchmark } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { madeBenchmark } from '../support/made-example.js'

const { sizes, train, test } = JSON.parse(
  readFileSync(new URL('../fixtures/together-2026-split.json', import.meta.url), 'utf8'),
) as { readonly sizes: Record<string, number>; readonly train: readonly number[]; readonly test: readonly number[] }

const PUBLISHED: StudySplit = { method: 'together-2026', seed: 42, trainSize: 1500, testSize: 300 }

/** As far as the notebook prints them; what it leaves out is made up. */
const PRINTED: readonly (readonly [row: number, prompt: string, ...responses: string[]])[] = [
  [
    0,
    'Hi do you know how to fix Codeium defaule setting that is responsible for this  [ERROR]: [deadline_exceeded] context deadline exceeded',
    'Certainly! The error `[ERROR]: [deadline_exceeded] context deadline exceeded` typically …',
    'To resolve the "deadline_exceeded" error in Codeium, you can try the following steps …',
    "It seems like you're encountering a timeout error in Codeium, possibly due to …",
    'The `deadline_exceeded` error in Codeium (or any other AI-powered coding platform) …',
  ],
  [
    train[0] as number,
    'What does it mean on an HP laptop when the "padlock A" and "padlock 1" lights flash on the keyboard during boot?',
    'On HP laptops, when the padlock A (Caps Lock) and padlock 1 (Num Lock) lights flash …',
    'The flashing "padlock A" and "padlock 1" lights on your HP laptop keyboard …',
  ],
  [
    test[0] as number,
    'is there any software out now that has the name telescope',
    `${'😀'.repeat(7)}${'x'.repeat(680)}`, // characters are counted as Python counts them: 687
    'y'.repeat(129),
  ],
]

/** A benchmark of RewardBench 2's shape and name, with these examples in some rows. */
function published(printed: typeof PRINTED = PRINTED): Benchmark {
  const made = madeBenchmark(sizes)
  const examples = made.examples.map((example, at): Example => {
    const print = printed.find(([row]) => row === at)
    if (print === undefined) return example
    const [, prompt, ...responses] = print
    return { ...example, prompt, responses: responses.map((text) => ({ text })) }
  })
  return benchmarkOf({ name: 'RewardBench 2', synthetic: false, about: 'Made for a test.', examples })
}

describe('printedExamples', () => {
  it('finds the printed examples where the notebook prints them: row 0, and the first of either side', () => {
    const benchmark = published()
    expect(printedExamples(benchmark, splitBenchmark(benchmark, PUBLISHED))).toEqual([
      { what: expect.stringContaining('row 0'), id: '0', differences: [] },
      { what: expect.stringContaining('first training example'), id: '375', differences: [] },
      { what: expect.stringContaining('first test example'), id: '343', differences: [] },
    ])
  })

  it('says what differs: other rows, another order, a text one character longer', () => {
    const [first, pair, tested] = PRINTED as [(typeof PRINTED)[0], (typeof PRINTED)[0], (typeof PRINTED)[0]]
    const moved = published([
      [1, ...first.slice(1)] as never,
      pair,
      [tested[0], tested[1], `${tested[2]}.`, tested[3]!],
    ])
    expect(printedExamples(moved, splitBenchmark(moved, PUBLISHED))?.map(({ differences }) => differences)).toEqual([
      ['prompt', 'chosen response', 'rejected response 1', 'rejected response 2', 'rejected response 3'],
      [],
      ['chosen response'],
    ])
  })

  it('says nothing of another benchmark, nor of another split', () => {
    const made = madeBenchmark(sizes)
    expect(printedExamples(made, splitBenchmark(made, PUBLISHED))).toBeUndefined()
    const benchmark = published()
    expect(printedExamples(benchmark, splitBenchmark(benchmark, { ...PUBLISHED, seed: 43 }))).toBeUndefined()
  })
})
