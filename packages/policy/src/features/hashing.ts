const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

/** 32-bit FNV-1a hash of a text's UTF-16 units, of at most `longest` of them. */
export function hashText(text: string, longest = 24): number {
  let hash = FNV_OFFSET
  const length = Math.min(text.length, longest)
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME)
  return hash >>> 0
}

/** Joins two hashes, in order, and mixes all bits of the result (the finaliser of MurmurHash3). */
export function joinHashes(first: number, second: number): number {
  let hash = (Math.imul(first, 31) + second) | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

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
