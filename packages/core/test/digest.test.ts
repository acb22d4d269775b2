import { canonicalJson, digest, digestText } from '@judgelab/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const RUNS = { seed: 1, numRuns: 200 }

/** Any JSON value, with its keys in the order in which they were made. */
const json = fc.jsonValue({ maxDepth: 4 })

describe('canonicalJson', () => {
  it('sorts keys by code unit at every depth and leaves no white space', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 2 }], a: null, '10': 1, '9': 2, B: 'x y' })).toBe(
      '{"10":1,"9":2,"B":"x y","a":null,"b":[{"a":2,"z":1}]}',
    )
  })

  it('leaves out keys whose value is undefined, and writes null for an undefined item', () => {
    expect(canonicalJson({ a: undefined, b: [undefined, 1] })).toBe('{"b":[null,1]}')
  })

  it('says the same as the value: reading it back gives the value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      RUNS,
    )
  })

  it('is its own canonical form', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
      RUNS,
    )
  })

  it('refuses what JSON cannot hold, at any depth', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, Symbol('x'), () => 1, undefined])
      expect(() => canonicalJson(value)).toThrow(TypeError)
    expect(() => canonicalJson({ a: [Number.NaN] })).toThrow('canonicalJson needs finite numbers, got NaN')
    expect(() => canonicalJson({ when: new Date(0) })).toThrow('canonicalJson needs plain JSON values, got a Date')
    expect(() => canonicalJson([new Map([['a', 1]])])).toThrow('got a Map')
  })
})

describe('digest', () => {
  it('is SHA-256 of the canonical JSON, as other tools compute it', () => {
    // printf '{"a":1,"b":2}' | sha256sum
    expect(digest({ b: 2, a: 1 })).toBe('43258cff783fe7036d8a43033f830adfc60ec037382473548ac742b888292777')
    // printf '' | sha256sum
    expect(digestText('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(digestText('ü')).toBe(digestText(new Uint8Array([0xc3, 0xbc])))
  })

  it('does not look at the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (value) => {
        const backwards = Object.fromEntries(Object.entries(value).reverse())
        expect(digest(backwards)).toBe(digest(value))
      }),
      RUNS,
    )
  })

  it('looks at the order of items, at types and at nesting', () => {
    const values = [
      [1, 2],
      [2, 1],
      [[1], 2],
      ['1', 2],
      [1, '2'],
      { a: 1 },
      { a: '1' },
      { a: { a: 1 } },
      [],
      {},
      '',
      0,
      null,
    ]
    expect(new Set(values.map(digest)).size).toBe(values.length)
  })
})
