import type { Accuracy, Difference } from '@judgelab/analysis'

/** An interval in brackets, or, where there is none, why: ` [57.0, 67.9]`, ` (no interval: too few prompts)`. */
export function intervalWords(
  { low, high, status }: Pick<Accuracy | Difference, 'low' | 'high' | 'status'>,
  format: (limit: number) => string,
): string {
  return low === null || high === null ? ` (no interval: ${status})` : ` [${format(low)}, ${format(high)}]`
}
