import { createHash } from 'node:crypto'

/** A number in [0, 1) that depends on the keys alone: the same keys give the same number in every process. */
export function uniformDraw(...keys: readonly (string | number)[]): number {
  const hash = createHash('sha256')
  for (const key of keys) hash.update(`${key}\u0000`)
  return hash.digest().readUIntBE(0, 6) / 2 ** 48
}

/** A draw from the standard normal distribution that depends on the keys alone (Box and Muller 1958). */
export function normalDraw(...keys: readonly (string | number)[]): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformDraw('radius', ...keys)))
  return radius * Math.cos(2 * Math.PI * uniformDraw('angle', ...keys))
}

/** A draw from the standard Gumbel distribution that depends on the keys alone. */
export function gumbelDraw(...keys: readonly (string | number)[]): number {
  return -Math.log(-Math.log(uniformDraw('gumbel', ...keys) + 2 ** -50))
}
