import { describe, expect, it } from 'vitest'
import { createGrowingNumbers } from '../../src/index.js'

describe('createGrowingNumbers', () => {
  it('gives back what was added, over the borders of its blocks', () => {
    const numbers = createGrowingNumbers(Uint32Array)
    const many = 3 * 65_536 + 1
    for (let n = 0; n < many; n++) numbers.push(n * 7)
    expect(numbers.length()).toBe(many)
    for (const place of [0, 1, 65_535, 65_536, 131_071, 131_072, many - 1]) expect(numbers.at(place)).toBe(place * 7)
    expect([numbers.at(many), numbers.at(many + 65_536)]).toEqual([Number.NaN, Number.NaN])
  })

  it('holds what its kind holds', () => {
    const [exact, signed] = [createGrowingNumbers(Float64Array), createGrowingNumbers(Int32Array)]
    exact.push(2 ** 52 + 0.5)
    signed.push(-3)
    expect([exact.at(0), signed.at(0)]).toEqual([2 ** 52 + 0.5, -3])
  })
})
