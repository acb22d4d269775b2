/** From so many elements on a list is worth more when it is lazy. */
export const LONG_LIST = 100_000

/** From so many characters of text on a list is worth more when it lies in a file, however few elements it has. */
export const LONG_TEXTS = 33_554_432

/** The elements of a list at these rows, in the order of the rows; a lazy list where there are very many, or the list itself. */
export function listAt<T>(list: readonly T[], rows: readonly number[]): readonly T[] {
  if (rows.length === list.length && rows.every((row, at) => row === at)) return list
  if (rows.length < LONG_LIST) return rows.map((row) => list[row] as T)
  return lazyList(rows.length, (at) => list[rows[at] as number] as T)
}

/**
 * An array whose elements are made when they are looked at, and not kept: a million of them take no memory. Its methods are
 * those of any array; what they return, like the result of `map`, is an ordinary array. An element that is looked at twice
 * is made twice, and must be the same both times.
 *
 * @param length count, integer, at least 0
 * @param at makes the element at an index, 0 ≤ index < length
 */
export function lazyList<T>(length: number, at: (index: number) => T): readonly T[] {
  const indexOf = (property: string | symbol): number | undefined => {
    if (typeof property === 'symbol') return undefined
    const index = Number(property)
    return Number.isInteger(index) && index >= 0 && index < length && String(index) === property ? index : undefined
  }
  const target: T[] = []
  target.length = length
  return new Proxy(target, {
    get: (held, property, receiver) => {
      const index = indexOf(property)
      return index === undefined ? Reflect.get(held, property, receiver) : at(index)
    },
    has: (held, property) => indexOf(property) !== undefined || Reflect.has(held, property),
    set: () => false,
  })
}
