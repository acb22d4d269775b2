type NumberArray = Uint32Array | Int32Array | Float64Array

/** Numbers that are added one after another, in the bytes of their kind. */
export interface GrowingNumbers {
  readonly push: (value: number) => void
  /** The number at a place, 0 ≤ place < length; NaN where nothing was added. */
  readonly at: (place: number) => number
  readonly length: () => number
}

const BLOCK_BITS = 16
const BLOCK = 1 << BLOCK_BITS

/** An empty list of numbers, in blocks, so that growing copies nothing and leaves nothing behind. */
export function createGrowingNumbers(Kind: new (length: number) => NumberArray): GrowingNumbers {
  const blocks: NumberArray[] = []
  let length = 0
  return {
    push: (value) => {
      const within = length % BLOCK
      if (within === 0) blocks.push(new Kind(BLOCK))
      const block = blocks.at(-1) as NumberArray
      block[within] = value
      length++
    },
    at: (place) => (place < length ? (blocks[place >>> BLOCK_BITS]?.[place % BLOCK] as number) : Number.NaN),
    length: () => length,
  }
}
