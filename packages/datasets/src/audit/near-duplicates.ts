import { finish, type Steps } from '@judgelab/core'
import { bandingFor, createBandIndex } from './lsh-bands.js'
import { createMinHash, SIGNATURE_LENGTH } from './min-hash.js'
import { hashedShingles, jaccard, sharedCount, shinglesOf } from './shingles.js'

/** A text of one list that is nearly a text of another. */
export interface NearDuplicate {
  /** Index in the searched texts. */
  readonly text: number
  /** Index in the known texts: the first one found, not necessarily the nearest. */
  readonly of: number
  /** Jaccard similarity of their sets of word 5-grams, at least the threshold. */
  readonly similarity: number
}

/**
 * The searched texts that are near duplicates of a known text: the Jaccard similarity of their sets of word 5-grams is at
 * least `threshold`. MinHash signatures in LSH bands find candidates; each is verified, so that nothing is reported that
 * is not there. A pair at the threshold is missed with chance below 0.0001 (from a threshold of 0.07 on), one above it more rarely still (`bandingFor`).
 *
 * Texts of fewer than five words have no 5-grams: they are never near duplicates.
 *
 * Costs time in proportion to the texts' length, and to the candidates. Where most texts come from one template, that can be
 * the product of both lists: when the template alone is nearly the threshold's share of each text.
 *
 * @param searched gone through once: none of it is kept
 * @param options.threshold Jaccard similarity in (0, 1]; defaults to 0.6
 * @param options.onText told of each known text as it is read, then of each searched text as it is compared
 * @param options.isOneList true where both lists are the same one: each text is then compared with those before it only
 * @see Broder (1997), doi:10.1109/SEQUEN.1997.666900; Leskovec, Rajaraman & Ullman (2020), Mining of Massive Datasets, ch. 3
 */
export function nearDuplicates(...looked: Parameters<typeof nearDuplicateSteps>): NearDuplicate[] {
  return finish(nearDuplicateSteps(...looked))
}

/** The same search, a text at a time. */
export function* nearDuplicateSteps(
  searched: Iterable<string> & { readonly length: number },
  known: readonly string[],
  { threshold = 0.6, isOneList = false, onText }: Looking & { readonly isOneList?: boolean | undefined } = {},
): Steps<NearDuplicate[]> {
  if (!(threshold > 0 && threshold <= 1))
    throw new RangeError(`nearDuplicates needs a threshold in (0, 1], got ${threshold}`)
  const minHash = createMinHash()
  const index = yield* indexSteps(known, threshold, minHash, onText)
  const signature = new Uint32Array(SIGNATURE_LENGTH)
  const lastTriedBy = new Int32Array(index.sets.length).fill(-1)
  const search = (text: string, at: number): NearDuplicate | undefined => {
    onText?.(at + 1, searched.length, 'compared')
    const shingles = hashedShingles(text)
    if (shingles.length === 0 || index.occurring(shingles) < (threshold - HAIR) * shingles.length) return undefined
    minHash(shingles, signature, 0)
    let found: NearDuplicate | undefined
    index.candidates(signature, 0, (place) => {
      if (lastTriedBy[place] === at) return false
      lastTriedBy[place] = at
      if (isOneList && (index.texts[place] as number) >= at) return false
      if (!mayReach(threshold, shingles, index.sets[place] as Uint32Array)) return false
      const of = index.texts[place] as number
      const similarity = jaccard(shinglesOf(text), shinglesOf(known[of] as string))
      if (similarity < threshold) return false
      found = { text: at, of, similarity }
      return true
    })
    return found
  }
  const duplicates: NearDuplicate[] = []
  let at = 0
  for (const text of searched) {
    const found = search(text, at++)
    if (found !== undefined) duplicates.push(found)
    yield
  }
  return duplicates
}

/**
 * The texts of one list that are near duplicates of an earlier one that stands, from first to last: a text that was found
 * to be one stands for nothing. Found as `nearDuplicates` does, at the same costs.
 *
 * @param options.onText told of each text as it is read, then of each again as it is compared; of those without 5-grams, only that they are read
 * @param options.also what must hold beside the similarity, of the indices of a text and of an earlier one
 */
export function nearDuplicatesWithin(...looked: Parameters<typeof nearDuplicatesWithinSteps>): NearDuplicate[] {
  return finish(nearDuplicatesWithinSteps(...looked))
}

/** The same search, a text at a time. */
export function* nearDuplicatesWithinSteps(
  texts: readonly string[],
  options: Looking & { readonly also?: ((text: number, of: number) => boolean) | undefined } = {},
): Steps<NearDuplicate[]> {
  const { threshold = 0.6, also = () => true, onText } = options
  if (!(threshold > 0 && threshold <= 1))
    throw new RangeError(`nearDuplicatesWithin needs a threshold in (0, 1], got ${threshold}`)
  const minHash = createMinHash()
  const index = yield* indexSteps(texts, threshold, minHash, onText)
  const signature = new Uint32Array(SIGNATURE_LENGTH)
  const lastTriedBy = new Int32Array(index.sets.length).fill(-1)
  const isDuplicate = new Uint8Array(index.sets.length)
  const search = (text: number, place: number): NearDuplicate | undefined => {
    onText?.(place + 1, index.texts.length, 'compared')
    const shingles = index.sets[place] as Uint32Array
    minHash(shingles, signature, 0)
    let found: NearDuplicate | undefined
    index.candidates(signature, 0, (other) => {
      if (other >= place || isDuplicate[other] === 1 || lastTriedBy[other] === place) return false
      lastTriedBy[other] = place
      if (!mayReach(threshold, shingles, index.sets[other] as Uint32Array)) return false
      const of = index.texts[other] as number
      const similarity = jaccard(shinglesOf(texts[text] as string), shinglesOf(texts[of] as string))
      if (similarity < threshold || !also(text, of)) return false
      found = { text, of, similarity }
      return true
    })
    return found
  }
  const duplicates: NearDuplicate[] = []
  for (const [place, text] of index.texts.entries()) {
    const found = search(text, place)
    yield
    if (found === undefined) continue
    isDuplicate[place] = 1
    duplicates.push(found)
  }
  return duplicates
}

/** How alike texts must be, and who wants to know how far the search is. */
interface Looking {
  readonly threshold?: number | undefined
  readonly onText?: ((done: number, total: number, what: 'read' | 'compared') => void) | undefined
}

interface Index {
  readonly candidates: ReturnType<typeof createBandIndex>['candidates']
  /** How many of some shingles occur in any text at all: the most that one text can share with them. May count too many. */
  readonly occurring: (shingles: Uint32Array) => number
  /** Hashed shingles by place. */
  readonly sets: readonly Uint32Array[]
  /** Index of the text by place: texts without shingles have none. */
  readonly texts: readonly number[]
}

function* indexSteps(
  known: readonly string[],
  threshold: number,
  minHash: ReturnType<typeof createMinHash>,
  onText: Looking['onText'],
): Steps<Index> {
  const sets: Uint32Array[] = []
  const texts: number[] = []
  const signatures = new Uint32Array(known.length * SIGNATURE_LENGTH)
  for (const [at, text] of known.entries()) {
    onText?.(at + 1, known.length, 'read')
    yield
    const shingles = hashedShingles(text)
    if (shingles.length === 0) continue
    minHash(shingles, signatures, sets.length * SIGNATURE_LENGTH)
    sets.push(shingles)
    texts.push(at)
  }
  const { candidates } = createBandIndex(signatures.subarray(0, sets.length * SIGNATURE_LENGTH), bandingFor(threshold))
  return { candidates, occurring: occurrenceCounter(sets), sets, texts }
}

/**
 * Remembers which shingles occur, by 27 bits of their hashes (16 MB). A text most of whose shingles occur nowhere is told from
 * all others by it, even where a common template makes all of them candidates.
 */
function occurrenceCounter(sets: readonly Uint32Array[]): Index['occurring'] {
  const words = new Uint32Array(2 ** 22)
  for (const set of sets) for (const hash of set) words[hash >>> 10]! |= 1 << ((hash >>> 5) & 31)
  return (shingles) =>
    shingles.reduce((sum, hash) => sum + (((words[hash >>> 10] as number) >>> ((hash >>> 5) & 31)) & 1), 0)
}

/** Hashes of two members may be equal, so that a similarity by hashes is off by a little. */
const HAIR = 1e-3

/** By hashes, which can only raise the similarity or lower it by a hair: whether it is worth to compare the strings. */
function mayReach(threshold: number, a: Uint32Array, b: Uint32Array): boolean {
  if (Math.min(a.length, b.length) / Math.max(a.length, b.length) < threshold - HAIR) return false
  const shared = sharedCount(a, b)
  return shared / (a.length + b.length - shared) >= threshold - HAIR
}
