const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193

const LONGEST = 24

/** 32-bit FNV-1a hash of a text's first 24 UTF-16 units. */
export function hashText(text: string): number {
  let hash = FNV_OFFSET
  const length = Math.min(text.length, LONGEST)
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

/** The 32-bit hash of each pair of neighbours in a list of hashes, in order. */
export function neighbours(hashes: Uint32Array): Uint32Array {
  const pairs = new Uint32Array(Math.max(0, hashes.length - 1))
  for (let i = 0; i < pairs.length; i++) pairs[i] = joinHashes(hashes[i] as number, hashes[i + 1] as number)
  return pairs
}
