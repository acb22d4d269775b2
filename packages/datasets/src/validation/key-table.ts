/**
 * Remembers in which row a 64-bit key was first seen, in 12 bytes a slot: an open-addressing table over typed arrays.
 * A million keys take 24 MB, where a Set of texts would take ten times that. Two different texts share a key with a
 * probability of 3 in 100 million at a million rows.
 */
export interface KeyTable {
  /** The row in which the key was first seen; -1 if this is the first time, and remembers it. */
  see(high: number, low: number, row: number): number
  /** The row in which the key was first seen; -1 if it never was. */
  find(high: number, low: number): number
}

const NONE = 0xffffffff

export function createKeyTable(): KeyTable {
  let capacity = 1024
  let highs = new Uint32Array(capacity)
  let lows = new Uint32Array(capacity)
  let rows = new Uint32Array(capacity).fill(NONE)
  let size = 0

  /** The slot that holds the key, or the empty one where it belongs. */
  const slotOf = (high: number, low: number): number => {
    let slot = low & (capacity - 1)
    while (rows[slot] !== NONE && !(highs[slot] === high >>> 0 && lows[slot] === low >>> 0))
      slot = (slot + 1) & (capacity - 1)
    return slot
  }

  const put = (high: number, low: number, row: number): void => {
    const slot = slotOf(high, low)
    highs[slot] = high
    lows[slot] = low
    rows[slot] = row
  }

  const grow = (): void => {
    const before = { highs, lows, rows, capacity }
    capacity *= 2
    highs = new Uint32Array(capacity)
    lows = new Uint32Array(capacity)
    rows = new Uint32Array(capacity).fill(NONE)
    for (let slot = 0; slot < before.capacity; slot++)
      if (before.rows[slot] !== NONE)
        put(before.highs[slot] as number, before.lows[slot] as number, before.rows[slot] as number)
  }

  const find = (high: number, low: number): number => {
    const row = rows[slotOf(high, low)] as number
    return row === NONE ? -1 : row
  }

  return {
    find,
    see: (high, low, row) => {
      const before = find(high, low)
      if (before >= 0) return before
      if (++size > capacity * 0.6) grow()
      put(high, low, row)
      return -1
    },
  }
}
