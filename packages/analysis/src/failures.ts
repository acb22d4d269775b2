import { FAILURE_REASONS, type FailureReason, type Judgment } from '@judgelab/core'

/** How many judgments failed, by reason; reasons that did not occur are left out. */
export function failureCounts(judgments: readonly Judgment[]): Partial<Record<FailureReason, number>> {
  const reasons = judgments.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.reason] : []))
  const counted = FAILURE_REASONS.map((reason) => [reason, reasons.filter((held) => held === reason).length] as const)
  return Object.fromEntries(counted.filter(([, count]) => count > 0))
}
