/** log(1 / (1 + e^-x)), in nats, without overflow or loss of digits at either end: min(x, 0) - log1p(e^-|x|). */
export function logSigmoid(x: number): number {
  return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))
}

/** 1 / (1 + e^-x), a probability in [0, 1], without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const e = Math.exp(x)
  return e / (1 + e)
}
