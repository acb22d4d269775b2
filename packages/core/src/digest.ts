import { createHash } from 'node:crypto'

/**
 * SHA-256 of a value's canonical JSON, as 64 hexadecimal digits. Two values that differ only in the order of their keys,
 * or in keys whose value is undefined, have one digest.
 */
export function digest(value: unknown): string {
  return digestText(canonicalJson(value))
}

/** SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export function digestText(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex')
}

/** JSON with sorted keys and no white space. @throws {TypeError} for a number that JSON cannot hold (NaN, infinities) */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value))
}

function sorted(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`canonicalJson needs finite numbers, got ${value}`)
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, held]) => held !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, held]) => [key, sorted(held)]))
}
