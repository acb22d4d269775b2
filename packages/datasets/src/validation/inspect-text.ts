/** What a text holds that somebody downstream may stumble over; bits of `TextInspector.flags`. */
export const NUL = 1
export const CONTROL = 2
export const CARRIAGE_RETURN = 4
export const LINE_SEPARATOR = 8
export const LONE_SURROGATE = 16

/** One pass over a text: its 64-bit hash and its flags. The result stands in the fields until the next text. */
export interface TextInspector {
  high: number
  low: number
  flags: number
  inspect(text: string): void
}

/** Two 32-bit lanes, each multiplied by a constant of its own two code units at a time, then mixed into each other. */
export function createTextInspector(): TextInspector {
  const inspector: TextInspector = {
    high: 0,
    low: 0,
    flags: 0,
    inspect: (text) => {
      const length = text.length
      const even = length & ~1
      let high = 0xdeadbeef ^ length
      let low = 0x41c6ce57 ^ length
      let isOdd = false
      for (let at = 0; at < even; at += 2) {
        const first = text.charCodeAt(at)
        const second = text.charCodeAt(at + 1)
        isOdd ||= first < 0x20 || second < 0x20 || first > 0x7e || second > 0x7e
        const both = first | (second << 16)
        high = Math.imul(high ^ both, 0x9e3779b1)
        high ^= high >>> 15
        low = Math.imul(low ^ both, 0x5f356495)
        low ^= low >>> 13
      }
      if (even < length) {
        const last = text.charCodeAt(even)
        isOdd ||= last < 0x20 || last > 0x7e
        high = Math.imul(high ^ last, 0x9e3779b1)
        low = Math.imul(low ^ last, 0x5f356495)
      }
      inspector.flags = isOdd ? flagsOf(text) : 0
      inspector.high = mixed(high, low)
      inspector.low = mixed(low, high)
    },
  }
  return inspector
}

/** Stirs one 32-bit number into another. */
export function mixed(into: number, other: number): number {
  let stirred = Math.imul(into ^ (into >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35)
  stirred = Math.imul(stirred ^ (stirred >>> 13), 0x27d4eb2f)
  return (stirred ^ (stirred >>> 16)) >>> 0
}

/** Only for texts that hold anything beyond printable ASCII. Tabs and newlines are ordinary. */
function flagsOf(text: string): number {
  let flags = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x1f && code < 0x7f) continue
    if (code === 0x0a || code === 0x09) continue
    if (code === 0x0d) flags |= CARRIAGE_RETURN
    else if (code === 0) flags |= NUL
    else if (code < 0x20 || code < 0xa0) flags |= CONTROL
    else if (code === 0x2028 || code === 0x2029) flags |= LINE_SEPARATOR
    else if (code >= 0xd800 && code <= 0xdfff) {
      const next = text.charCodeAt(at + 1)
      if (code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) at++
      else flags |= LONE_SURROGATE
    }
  }
  return flags
}

/** Whether no text of a value as JSON has it, key or value at any depth, holds a lone surrogate. */
export function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (Array.isArray(value)) return value.every(isWellFormed)
  if (value === null || typeof value !== 'object') return true
  return Object.entries(value).every((entry) => isWellFormed(entry[0]) && isWellFormed(entry[1]))
}

/** A value as JSON has it with every lone surrogate in its texts, keys too, replaced by U+FFFD, as UTF-8 would have it. */
export function wellFormedValue(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormedValue)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key.toWellFormed(), wellFormedValue(held)]))
}
