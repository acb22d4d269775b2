/** Throws a RangeError unless both arrays have the same length. */
export function requireAligned(
  caller: string,
  firstName: string,
  first: { readonly length: number },
  secondName: string,
  second: { readonly length: number },
): void {
  if (first.length === second.length) return
  throw new RangeError(
    `${caller} needs ${firstName} and ${secondName} of the same length, got ${firstName}.length=${first.length}, ${secondName}.length=${second.length}`,
  )
}
