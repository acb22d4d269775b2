/** Digests, each with the number under which it was first added: about 45 bytes a digest, a fifth of what a Map takes. */
export interface KeyTable {
  readonly size: () => number
  /** The number of a digest, from 0; a new one where it was not there. */
  readonly add: (key: string) => number
  readonly numberOf: (key: string) => number | undefined
  readonly keyAt: (number: number) => string
}

/** Of a SHA-256. */
const KEY_BYTES = 32
const KEYS_IN_CHUNK = 1 << 15

/** An empty table of digests, each of 64 hexadecimal digits, lower case. */
export function createKeyTable(): KeyTable {
  const chunks: Buffer[] = []
  let slots = new Uint32Array(1 << 10)
  let size = 0
  const wanted = Buffer.alloc(KEY_BYTES)
  const read = (key: string): void => {
    if (key.length !== 2 * KEY_BYTES || wanted.write(key, 'hex') !== KEY_BYTES)
      throw new RangeError(`createKeyTable needs digests of ${2 * KEY_BYTES} hexadecimal digits, got "${key}"`)
  }
  const chunkOf = (number: number): Buffer => chunks[Math.floor(number / KEYS_IN_CHUNK)] as Buffer
  const startOf = (number: number): number => (number % KEYS_IN_CHUNK) * KEY_BYTES
  /** Where the wanted key stands in `slots`, or would stand. Digests are uniform: their first bytes are their hash. */
  const slotOf = (): number => {
    const mask = slots.length - 1
    for (let slot = wanted.readUInt32LE(0) & mask; ; slot = (slot + 1) & mask) {
      const held = slots[slot] as number
      if (held === 0) return slot
      const start = startOf(held - 1)
      if (chunkOf(held - 1).compare(wanted, 0, KEY_BYTES, start, start + KEY_BYTES) === 0) return slot
    }
  }
  const grow = (): void => {
    slots = new Uint32Array(2 * slots.length)
    for (let number = 0; number < size; number++) {
      chunkOf(number).copy(wanted, 0, startOf(number), startOf(number) + KEY_BYTES)
      slots[slotOf()] = number + 1
    }
  }
  return {
    size: () => size,
    add: (key) => {
      if (2 * (size + 1) > slots.length) grow()
      read(key)
      const slot = slotOf()
      const held = slots[slot] as number
      if (held !== 0) return held - 1
      if (size % KEYS_IN_CHUNK === 0) chunks.push(Buffer.alloc(KEYS_IN_CHUNK * KEY_BYTES))
      wanted.copy(chunkOf(size), startOf(size))
      slots[slot] = ++size
      return size - 1
    },
    numberOf: (key) => {
      read(key)
      const held = slots[slotOf()] as number
      return held === 0 ? undefined : held - 1
    },
    keyAt: (number) => {
      if (!(number >= 0 && number < size)) throw new RangeError(`keyAt needs a number below ${size}, got ${number}`)
      return chunkOf(number).toString('hex', startOf(number), startOf(number) + KEY_BYTES)
    },
  }
}
