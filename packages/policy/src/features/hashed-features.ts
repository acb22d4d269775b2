import type { ReadText } from '../text/read-text.js'
import { addHashed, blockNorm, type HashedBlock, hashText, joinHashes } from './hashing.js'
import type { Reading } from './reading.js'

const NUMBER = hashText('<number>')
const BOUNDARY = hashText('<sentence>')
const UNIGRAM = hashText('response unigram')
const BIGRAM = hashText('response bigram')
const REFUSED = hashText('prompt word x refused')
const COMPLIED = hashText('prompt word x complied')
const MOST_PROMPT_WORDS = 400

/**
 * The hashed features of a reading, by bucket: three blocks (response words, neighbouring response words within a sentence,
 * and the prompt's content words, alone and in neighbouring pairs, crossed with "refused" or "complied"), each scaled to
 * length 1, so that a long text weighs no more than a short one. Numbers count as one word: what is learned of one
 * number says nothing of another.
 */
export function hashedFeatures(reading: Reading, buckets: number): HashedBlock {
  const hashes = wordHashes(reading.response)
  const unigrams: HashedBlock = new Map()
  for (const hash of hashes) addHashed(unigrams, joinHashes(UNIGRAM, hash), buckets)
  const blocks = [unigrams, bigramBlock(reading.response, hashes, buckets), crossBlock(reading, buckets)]
  const sum: HashedBlock = new Map()
  for (const block of blocks) {
    const norm = blockNorm(block)
    if (norm > 0) for (const [bucket, value] of block) sum.set(bucket, (sum.get(bucket) ?? 0) + value / norm)
  }
  return sum
}

function wordHashes({ words, numbers }: ReadText): Uint32Array {
  const hashes = new Uint32Array(words.length)
  for (let i = 0; i < words.length; i++) hashes[i] = numbers[i] === undefined ? hashText(words[i] as string) : NUMBER
  return hashes
}

function bigramBlock(response: ReadText, hashes: Uint32Array, buckets: number): HashedBlock {
  const block: HashedBlock = new Map()
  for (const { first, end } of response.sentences) {
    let before = BOUNDARY
    for (let i = first; i < end; i++) {
      addHashed(block, joinHashes(BIGRAM, joinHashes(before, hashes[i] as number)), buckets)
      before = hashes[i] as number
    }
    addHashed(block, joinHashes(BIGRAM, joinHashes(before, BOUNDARY)), buckets)
  }
  return block
}

function crossBlock({ prompt, refuses }: Reading, buckets: number): HashedBlock {
  const block: HashedBlock = new Map()
  const kind = refuses ? REFUSED : COMPLIED
  const stems = prompt.read.stems.filter((stem) => stem !== '').slice(0, MOST_PROMPT_WORDS)
  let before = BOUNDARY
  for (const stem of stems) {
    const hash = hashText(stem)
    addHashed(block, joinHashes(kind, hash), buckets)
    addHashed(block, joinHashes(kind, joinHashes(before, hash)), buckets)
    before = hash
  }
  return block
}
