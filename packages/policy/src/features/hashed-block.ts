/** Sums of signs by bucket: one block of hashed features. */
export type HashedBlock = Map<number, number>

/**
 * Adds one occurrence of a feature to a block: bucket from the hash's low bits, sign from its highest, so that collisions cancel
 * in expectation instead of adding up.
 *
 * @param buckets a power of two, at most 2^31
 * @see Weinberger et al. (2009), "Feature hashing for large scale multitask learning", ICML, doi:10.1145/1553374.1553516
 */
export function addHashed(block: HashedBlock, hash: number, buckets: number): void {
  const bucket = hash & (buckets - 1)
  const sign = hash >>> 31 === 1 ? -1 : 1
  block.set(bucket, (block.get(bucket) ?? 0) + sign)
}

/** The Euclidean length of a block. */
export function blockNorm(block: HashedBlock): number {
  let squares = 0
  for (const value of block.values()) squares += value * value
  return Math.sqrt(squares)
}
