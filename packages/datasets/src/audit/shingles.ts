import { wordsOf } from './normal-text.js'

/** Words in a row that make one shingle. Texts of fewer words have none, and are compared only as wholes. */
export const SHINGLE_WORDS = 5

/** The set of a text's word 5-grams. */
export function shinglesOf(text: string): Set<string> {
  const words = wordsOf(text)
  const shingles = new Set<string>()
  for (let end = SHINGLE_WORDS; end <= words.length; end++)
    shingles.add(words.slice(end - SHINGLE_WORDS, end).join(' '))
  return shingles
}

/** Shared members over all members of two sets, in [0, 1]; NaN for two empty ones. */
export function jaccard<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  let shared = 0
  for (const member of a) if (b.has(member)) shared++
  return shared / (a.size + b.size - shared)
}

/**
 * A text's shingles as distinct 32-bit hashes, ascending; a hundredth of the memory of the strings. Of two texts of 500
 * different shingles each, one pair in 17,000 shares a hash by chance, which `nearDuplicates` finds out by the strings.
 */
export function hashedShingles(text: string): Uint32Array {
  const hashes = wordsOf(text).map(hashWord)
  if (hashes.length < SHINGLE_WORDS) return new Uint32Array(0)
  const shingles = new Uint32Array(hashes.length - SHINGLE_WORDS + 1)
  for (let start = 0; start < shingles.length; start++) {
    let hash = 0
    for (let at = start; at < start + SHINGLE_WORDS; at++) hash = mix(Math.imul(hash, 31) + (hashes[at] as number))
    shingles[start] = hash >>> 0
  }
  return distinct(shingles.sort())
}

/** How many members two ascending lists of distinct numbers share. */
export function sharedCount(a: Uint32Array, b: Uint32Array): number {
  let shared = 0
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const difference = (a[i] as number) - (b[j] as number)
    if (difference === 0) shared++
    if (difference <= 0) i++
    if (difference >= 0) j++
  }
  return shared
}

/** FNV-1a over UTF-16 code units. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash
}

/** MurmurHash3's finaliser: every bit of the input changes about half of the bits of the output. */
export function mix(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

function distinct(ascending: Uint32Array): Uint32Array {
  let kept = 0
  for (const value of ascending) if (kept === 0 || value !== ascending[kept - 1]) ascending[kept++] = value
  return ascending.slice(0, kept)
}
