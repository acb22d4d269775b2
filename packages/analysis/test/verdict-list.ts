import type { Verdict, VerdictResult } from '@judgelab/core'

const WORDS: Readonly<Record<string, VerdictResult>> = { c: 'chosen', r: 'rejected', t: 'tie', f: 'failed' }

/**
 * Verdicts from one letter each: c(hosen), r(ejected), t(ie), f(ailed). Comparison `e3:0>1` is of prompt `e3`, or of the
 * prompt that `promptOf` gives; subsets alternate between `even` and `odd`.
 */
export function verdictList(letters: string, promptOf: (at: number) => string = (at) => `e${at}`): Verdict[] {
  return [...letters].map((letter, at) => {
    const result = WORDS[letter] as VerdictResult
    return {
      comparisonId: `e${at}:0>1`,
      exampleId: promptOf(at),
      subset: at % 2 === 0 ? 'even' : 'odd',
      rule: 'consistent',
      result,
      passes: [result, result],
      slots: [],
    }
  })
}
