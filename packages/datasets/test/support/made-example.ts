import type { Example } from '@judgelab/core'
import { type Benchmark, benchmarkOf } from '@judgelab/datasets'

export function madeExample(id: string, subset: string): Example {
  return {
    v: 1,
    id,
    subset,
    prompt: `Question ${id}`,
    responses: [{ text: `right ${id}` }, { text: `wrong ${id}` }],
    chosen: [0],
    metadata: {},
  }
}

/** A benchmark of subsets with the given sizes, each contiguous, whose ids are the row numbers. */
export function madeBenchmark(sizes: Readonly<Record<string, number>>): Benchmark {
  const subsets = Object.entries(sizes).flatMap(([subset, size]) => Array<string>(size).fill(subset))
  return benchmarkOf({
    name: 'made',
    synthetic: true,
    about: 'Made for a test.',
    examples: subsets.map((subset, row) => madeExample(String(row), subset)),
  })
}
