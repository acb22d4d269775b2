import type { RandomGenerator } from '../random-generator.js'

/**
 * The state of a stream of samples: four integers, begun from three numbers of the caller's generator.
 *
 * Drawing indices is nearly all the work of a bootstrap. A call of the caller's generator for each would cost several
 * times what the rest does, so that generator begins a small fast one, sfc32, whose steps stand in the loop that uses
 * them. The same generator gives the same samples.
 *
 * @see O'Neill, Doty-Humphrey, sfc32 in PractRand 0.93: 128 bits of state, period at least 2^32
 */
export function startSampleStream(random: RandomGenerator): Int32Array {
  const word = (): number => Math.floor(random() * 4294967296)
  const stream = Int32Array.of(word(), word(), word(), 1)
  drawSample(stream, new Float64Array(1), new Float64Array(15))
  return stream
}

/** Fills `sample` with values drawn with replacement; a place's chance is off by less than values.length / 2^32 of itself. */
export function drawSample(stream: Int32Array, values: Float64Array, sample: Float64Array): void {
  let a = stream[0]!
  let b = stream[1]!
  let c = stream[2]!
  let counter = stream[3]!
  const scale = values.length / 4294967296
  for (let i = 0; i < sample.length; i++) {
    const bits = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + bits) | 0
    sample[i] = values[((bits >>> 0) * scale) >>> 0]!
  }
  stream[0] = a
  stream[1] = b
  stream[2] = c
  stream[3] = counter
}
