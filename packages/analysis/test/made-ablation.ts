import type { Verdict, VerdictResult } from '@judgelab/core'
import { createNumpyRandom } from '@judgelab/core'
import type { JudgedCell } from '../src/index.js'

/** Few resamples: these tests look at values and states, not at coverage. */
export const sureness = { level: 0.95, resamples: 200, newRandom: () => createNumpyRandom(1).randomSample }

/** 40 comparisons, of which the first `right` are judged right; subsets take turns. */
export function verdicts(right: number, rest: VerdictResult = 'rejected'): Verdict[] {
  return Array.from({ length: 40 }, (_, at) => {
    const result = at < right ? 'chosen' : rest
    return {
      comparisonId: `e${at}:0>1`,
      exampleId: `e${at}`,
      subset: at % 2 === 0 ? 'even' : 'odd',
      rule: 'consistent',
      result,
      passes: [result, result],
      slots: [0, 1],
    }
  })
}

/** A cell in which so many comparisons are right. */
export function cell(pairs: number, seed: number, right: number, at: JudgedCell['at'] = {}): JudgedCell {
  const runId = pairs === 0 ? 'untuned' : `run ${JSON.stringify(at)} ${pairs}/${seed}`
  return { at: { ...at, count: pairs, seed }, pairs, seed, runId, verdicts: verdicts(right) }
}

/** Untuned and three numbers of pairs, two seeds each. */
export const CELLS: readonly JudgedCell[] = [
  cell(0, 1, 20),
  cell(0, 2, 20),
  cell(10, 1, 22),
  cell(10, 2, 24),
  cell(20, 1, 28),
  cell(20, 2, 30),
  cell(40, 1, 30),
  cell(40, 2, 32),
]
