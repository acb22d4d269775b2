import { describe, expect, it } from 'vitest'
import { createRecordStore, LONG_TEXTS } from '../../src/index.js'

interface Held {
  readonly at: number
  readonly text: string
}

const all = Array.from({ length: 2000 }, (_, at): Held => ({ at, text: '\u00e9\u{1d4b3}\n" \ud83d'.repeat(at % 300) }))

function stored(long: number, records: readonly Held[]) {
  const store = createRecordStore<Held>({ charactersOf: ({ text }) => text.length, long })
  records.forEach(store.add)
  return store.records()
}

describe('createRecordStore', () => {
  it.each([2001, 2000, 1999, 100, 1])('gives back what it took, from %i on from its file', (long) => {
    const { length, at, held } = stored(long, all)
    expect([length, held !== undefined]).toEqual([2000, long > 2000])
    expect(Array.from({ length }, (_, place) => at(place))).toEqual(all)
  })

  it('reads any of them in any order, also those longer than what is read ahead', () => {
    const records = [{ at: -1, text: 'x'.repeat(300_000) }, ...all, { at: -2, text: 'y'.repeat(70_000) }]
    const { at } = stored(10, records)
    for (const place of [2001, 0, 1000, 999, 1001, 31, 32, 33, 0, 2001, 2000]) expect(at(place)).toEqual(records[place])
  })

  it('lies in a file where records are few and very long', () => {
    const half = { at: 1, text: 'x'.repeat(LONG_TEXTS / 2) }
    expect([stored(9, [half]).held, stored(9, [half, half]).held]).toEqual([[half], undefined])
  })

  it('is empty at first', () => {
    expect([stored(1, []).length, stored(1, []).held]).toEqual([0, []])
  })
})
