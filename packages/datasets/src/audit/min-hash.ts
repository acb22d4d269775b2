import { createMersenneTwister } from '@judgelab/core'
import { mix } from './shingles.js'

/** The length of a signature. */
export const SIGNATURE_LENGTH = 128

/** Fixed, so that the candidates are the same on every machine and at every time. */
const SEED = 1997

/**
 * Starts a MinHash: 128 hash functions, each of which keeps its least value over a set. For every one of them the chance
 * that two sets have the same least value is their Jaccard similarity, so that a signature stands for its set.
 *
 * The functions are MurmurHash3's finaliser of the member combined with a constant of its own.
 *
 * @returns a function that writes the signature of a non-empty set of 32-bit numbers into 128 places of `signatures`
 * @see Broder (1997), On the resemblance and containment of documents, Compression and Complexity of Sequences, 21-29,
 *   doi:10.1109/SEQUEN.1997.666900
 */
export function createMinHash(): (members: Uint32Array, signatures: Uint32Array, offset: number) => void {
  const next = createMersenneTwister(SEED)
  const salts = Int32Array.from({ length: SIGNATURE_LENGTH }, () => next() | 0)
  return (members, signatures, offset) => {
    for (let k = 0; k < SIGNATURE_LENGTH; k++) {
      const salt = salts[k] as number
      let least = 0xffffffff
      for (let at = 0; at < members.length; at++) {
        const hash = mix((members[at] as number) ^ salt) >>> 0
        if (hash < least) least = hash
      }
      signatures[offset + k] = least
    }
  }
}
