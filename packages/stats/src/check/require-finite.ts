/** Throws a RangeError unless `value` is a finite number. */
export function requireFiniteNumber(caller: string, name: string, value: number): void {
  if (Number.isFinite(value)) return
  throw new RangeError(`${caller} needs a finite ${name}, got ${name}=${value}`)
}

/** Throws a RangeError naming the first entry of `values` that is not a finite number. */
export function requireFinite(caller: string, name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue
    throw new RangeError(`${caller} needs finite ${name}, got ${name}[${i}]=${values[i]}`)
  }
}
