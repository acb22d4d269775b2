/** Throws a RangeError unless `value` is a non-negative safe integer. */
export function requireCount(caller: string, name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return
  throw new RangeError(`${caller} needs a non-negative integer ${name}, got ${name}=${value}`)
}

/** Throws a RangeError unless `value` is a safe integer of at least 1. */
export function requirePositiveCount(caller: string, name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return
  throw new RangeError(`${caller} needs an integer ${name} >= 1, got ${name}=${value}`)
}

/** Throws a RangeError unless every property of `counts` is a non-negative safe integer. */
export function requireCounts(caller: string, counts: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(counts)) requireCount(caller, name, value)
}
