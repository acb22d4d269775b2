import { hash } from 'node:crypto'

/**
 * SHA-256 of a value's canonical JSON, as 64 hexadecimal digits. Two values that differ only in the order of their keys,
 * or in keys whose value is undefined, have one digest.
 */
export function digest(value: unknown): string {
  return digestText(canonicalJson(value))
}

/** SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export function digestText(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex')
}

/**
 * JSON with keys sorted by their UTF-16 code units and no white space. A key whose value is undefined is left out; an
 * undefined item of a list is null, as in JSON.
 *
 * @throws {TypeError} for what JSON cannot hold: NaN, infinities, bigints, functions, symbols, a bare undefined, and
 *   objects that are not plain (a Date or a Map would silently become `{}` and share its digest)
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') return numberJson(value)
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item ?? null)).join(',')}]`
  if (!isPlainObject(value)) throw new TypeError(`canonicalJson needs plain JSON values, got ${kindOf(value)}`)
  let json = ''
  for (const key of sortedKeys(value)) {
    const held = value[key]
    if (held !== undefined) json += `${json === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(held)}`
  }
  return `{${json}}`
}

/** Keys are mostly in order already, and looking is cheaper than sorting. */
function sortedKeys(value: object): string[] {
  const keys = Object.keys(value)
  return keys.every((key, at) => at === 0 || (keys[at - 1] as string) < key) ? keys : keys.sort()
}

function numberJson(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`canonicalJson needs finite numbers, got ${value}`)
  return JSON.stringify(value)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (value === null || typeof value !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype as object) === null
}

function kindOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? `a ${value.constructor.name}` : typeof value
}
