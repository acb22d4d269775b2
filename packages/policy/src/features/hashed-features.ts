import { hashText, joinHashes } from '../text/hashing.js'
import type { ReadText } from '../text/read-text.js'
import { addHashed, blockNorm, type HashedBlock } from './hashed-block.js'
import type { Reading } from './reading.js'

const NUMBER = hashText('<number>')
const BOUNDARY = hashText('<sentence>')
const UNIGRAM = hashText('response unigram')
const BIGRAM = hashText('response bigram')
const REFUSED = hashText('prompt x refused')
const COMPLIED = hashText('prompt x complied')

/**
 * The hashed features of a reading, by bucket: three blocks (response words, neighbouring response words within a sentence,
 * and the prompt's content words, alone and in neighbouring pairs, crossed with "refused" or "complied"), each scaled to
 * length 1, so that a long text weighs no more than a short one. Numbers count as one word: what is learned of one
 * number says nothing of another.
 *
 * @param buckets number of buckets, a power of two
 */
export function hashedFeatures(reading: Reading, buckets: number): HashedBlock {
  const hashes = wordHashes(reading.response)
  const sum: HashedBlock = new Map()
  addBlock(sum, unigramBlock(hashes, buckets))
  addBlock(sum, bigramBlock(reading.response, hashes, buckets))
  addBlock(sum, crossBlock(reading, buckets))
  return sum
}

function addBlock(sum: HashedBlock, block: HashedBlock): void {
  const norm = blockNorm(block)
  if (norm === 0) return
  for (const [bucket, value] of block) sum.set(bucket, (sum.get(bucket) ?? 0) + value / norm)
}

function wordHashes({ hashes, numbers }: ReadText): Uint32Array {
  return hashes.map((hash, i) => (numbers[i] === undefined ? hash : NUMBER))
}

function unigramBlock(hashes: Uint32Array, buckets: number): HashedBlock {
  const block: HashedBlock = new Map()
  for (const hash of hashes) addHashed(block, joinHashes(UNIGRAM, hash), buckets)
  return block
}

function bigramBlock(response: ReadText, hashes: Uint32Array, buckets: number): HashedBlock {
  const block: HashedBlock = new Map()
  for (const { first, end } of response.sentences) {
    let before = BOUNDARY
    for (let i = first; i <= end; i++) {
      const hash = i === end ? BOUNDARY : (hashes[i] as number)
      addHashed(block, joinHashes(BIGRAM, joinHashes(before, hash)), buckets)
      before = hash
    }
  }
  return block
}

function crossBlock({ prompt, refuses }: Reading, buckets: number): HashedBlock {
  const block: HashedBlock = new Map()
  for (const topic of prompt.topics) addHashed(block, joinHashes(refuses ? REFUSED : COMPLIED, topic), buckets)
  return block
}
