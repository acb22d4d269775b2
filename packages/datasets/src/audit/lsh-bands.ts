import { SIGNATURE_LENGTH } from './min-hash.js'
import { mix } from './shingles.js'

/** How a signature is cut: `bands` bands of `rows` numbers each. */
export interface Banding {
  readonly bands: number
  readonly rows: number
}

/** The least chance that two texts exactly at the threshold become candidates. */
const LEAST_RECALL = 0.9999

/**
 * The banding for a threshold. Two sets of Jaccard similarity s agree in all rows of one band with chance s^rows, and are
 * candidates when they do so in any: 1 - (1 - s^rows)^bands. Taken is the largest number of rows (the fewest candidates)
 * whose chance at the threshold is at least 0.9999: 3 rows in 42 bands for 0.6.
 *
 * @see Leskovec, Rajaraman & Ullman (2020), Mining of Massive Datasets, 3rd ed., section 3.4, mmds.org
 */
export function bandingFor(threshold: number): Banding {
  for (let rows = SIGNATURE_LENGTH; rows > 1; rows--) {
    const banding = { rows, bands: Math.floor(SIGNATURE_LENGTH / rows) }
    if (candidateChance(threshold, banding) >= LEAST_RECALL) return banding
  }
  return { rows: 1, bands: SIGNATURE_LENGTH }
}

/** The chance that two sets of the given similarity become candidates. */
export function candidateChance(similarity: number, { bands, rows }: Banding): number {
  return 1 - (1 - similarity ** rows) ** bands
}

/** Finds the signatures that share a band with another one. */
export interface BandIndex {
  /** Calls `visit` with every such signature's place, once or more, until it returns true. */
  readonly candidates: (signatures: Uint32Array, offset: number, visit: (place: number) => boolean) => void
}

/**
 * Indexes signatures, 128 numbers each: for every band, the places sorted by the band's key. A few unequal bands share a
 * key (32 bits); what that makes candidates, verification drops.
 */
export function createBandIndex(signatures: Uint32Array, banding: Banding): BandIndex {
  const count = signatures.length / SIGNATURE_LENGTH
  const bands = Array.from({ length: banding.bands }, (_, band) => sortedBand(signatures, count, band, banding.rows))
  return {
    candidates: (others, offset, visit) => {
      for (const [band, { keys, places }] of bands.entries()) {
        const key = bandKey(others, offset, band, banding.rows)
        for (let at = firstAtLeast(keys, key); at < count && keys[at] === key; at++)
          if (visit(places[at] as number)) return
      }
    },
  }
}

interface SortedBand {
  readonly keys: Uint32Array
  readonly places: Uint32Array
}

/** Key and place in one number of 53 bits, so that one numeric sort orders both. */
function sortedBand(signatures: Uint32Array, count: number, band: number, rows: number): SortedBand {
  const PLACES = 2 ** 21
  if (count > PLACES) throw new RangeError(`createBandIndex needs at most ${PLACES} signatures, got ${count}`)
  const packed = new Float64Array(count)
  for (let place = 0; place < count; place++)
    packed[place] = bandKey(signatures, place * SIGNATURE_LENGTH, band, rows) * PLACES + place
  packed.sort()
  return {
    keys: Uint32Array.from(packed, (value) => Math.floor(value / PLACES)),
    places: Uint32Array.from(packed, (value) => value % PLACES),
  }
}

function bandKey(signatures: Uint32Array, offset: number, band: number, rows: number): number {
  let key = band
  for (let row = 0; row < rows; row++)
    key = mix(Math.imul(key, 31) + (signatures[offset + band * rows + row] as number))
  return key >>> 0
}

/** The first index whose value is not below `key`, in an ascending list. */
function firstAtLeast(ascending: Uint32Array, key: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] as number) < key) low = middle + 1
    else high = middle
  }
  return low
}
