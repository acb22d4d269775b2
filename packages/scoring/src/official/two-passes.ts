import type { Verdict, VerdictResult } from '@judgelab/core'

/**
 * The two passes of a comparison that was judged in both orders. A pass that is not there is failed; a comparison of
 * ratings knows no order, so both of its passes are the one that it has.
 *
 * @throws {RangeError} for more than two passes: the official scores are not defined on repeats
 */
export function twoPasses({ comparisonId, passes, slots }: Verdict): [VerdictResult, VerdictResult] {
  if (passes.length > 2)
    throw new RangeError(`twoPasses needs at most 2 passes, got ${passes.length} of comparison ${comparisonId}`)
  const [first = 'failed', second = 'failed'] = passes
  const isRated = passes.length === 1 && slots.length === 0
  return isRated ? [first, first] : [first, second]
}
