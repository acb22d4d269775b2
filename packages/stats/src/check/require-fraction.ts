/** Throws a RangeError unless 0 < value < 1: the rule for a confidence level, an alpha or a power. */
export function requireOpenFraction(caller: string, name: string, value: number): void {
  if (value > 0 && value < 1) return
  throw new RangeError(`${caller} needs 0 < ${name} < 1, got ${name}=${value}`)
}

/** Throws a RangeError unless 0 <= value <= 1: the rule for a probability. */
export function requireFraction(caller: string, name: string, value: number): void {
  if (value >= 0 && value <= 1) return
  throw new RangeError(`${caller} needs 0 <= ${name} <= 1, got ${name}=${value}`)
}
