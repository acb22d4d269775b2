/** Bytes of a request that are about one token of its prompt. */
export const BYTES_A_TOKEN = 4

/** Batches under way at once, at the most: no service says that it takes no more. */
export const MOST_OUT = 64

/**
 * Tokens that another batch may have beside those that are out: what is left of `enqueuedTokens`. Undefined where it is
 * better to wait until one has ended: where less is left than the next request `needed`, or than a tenth of the whole.
 *
 * @param out tokens of the batches that are out; 0 where none is, and then one may have all of them
 */
export function roomLeft({
  enqueuedTokens,
  out,
  needed,
}: {
  readonly enqueuedTokens: number
  readonly out: number
  readonly needed: number
}): number | undefined {
  if (out === 0 || enqueuedTokens === Number.POSITIVE_INFINITY) return enqueuedTokens
  const left = enqueuedTokens - out
  return left < Math.max(needed + 1, enqueuedTokens / 10) ? undefined : left
}
