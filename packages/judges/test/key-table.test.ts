import { digest } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { createKeyTable } from '../src/run/key-table.js'

describe('createKeyTable', () => {
  it('numbers digests as a Map would, past every time that it grows', () => {
    const table = createKeyTable()
    const numbers = new Map<string, number>()
    let others = 0
    for (let at = 0; at < 80_000; at++) {
      const key = digest(at % 70_000)
      if (!numbers.has(key)) numbers.set(key, numbers.size)
      if (table.add(key) !== numbers.get(key)) others++
    }
    expect(others).toBe(0)
    expect(table.size()).toBe(70_000)
    for (const [key, number] of numbers) if (number % 97 === 0) expect(table.keyAt(number)).toBe(key)
    expect([table.numberOf(digest(69_999)), table.numberOf(digest(70_000))]).toEqual([69_999, undefined])
  })

  it('tells digests apart that begin alike', () => {
    const table = createKeyTable()
    const keys = ['0', '1', '2'].map((last) => `${'a'.repeat(63)}${last}`)
    expect(keys.map(table.add)).toEqual([0, 1, 2])
    expect(keys.map(table.numberOf)).toEqual([0, 1, 2])
  })

  it('refuses what is no digest, and numbers that it did not give', () => {
    const table = createKeyTable()
    expect(() => table.add('foreign-1')).toThrow(
      'createKeyTable needs digests of 64 hexadecimal digits, got "foreign-1"',
    )
    expect(() => table.add('x'.repeat(64))).toThrow(RangeError)
    expect(() => table.keyAt(0)).toThrow('keyAt needs a number below 0, got 0')
  })
})
