import { logFactorial } from '../distribution/log-factorial-error.js'
import type { RandomGenerator } from '../random-generator.js'

/**
 * One draw from Binomial(n, p), in a time that does not grow with n.
 *
 * Below a mean of 10 by inversion from 0, beyond by transformed rejection with squeeze. Written here because the
 * generator of @stdlib/random-base-binomial 0.2.2 is off (mean 30.2 instead of 29.7 at n = 297, p = 0.1) and does not
 * return for n = 1,000,000, p = 0.000001.
 *
 * @see Hörmann (1993), The generation of binomial random variates, J. Statist. Comput. Simul. 46:101–110, BTRS
 */
export function drawBinomial(n: number, p: number, random: RandomGenerator): number {
  if (n === 0 || p <= 0) return 0
  if (p >= 1) return n
  if (p > 0.5) return n - drawBinomial(n, 1 - p, random)
  return n * p < 10 ? drawByInversion(n, p, random) : drawByRejection(n, p, random)
}

function drawByInversion(n: number, p: number, random: RandomGenerator): number {
  const odds = p / (1 - p)
  const first = Math.exp(n * Math.log1p(-p))
  for (;;) {
    let left = random()
    let term = first
    for (let k = 0; k <= n; k++) {
      if (left < term) return k
      left -= term
      term *= ((n - k) / (k + 1)) * odds
    }
  }
}

function drawByRejection(n: number, p: number, random: RandomGenerator): number {
  const deviation = Math.sqrt(n * p * (1 - p))
  const b = 1.15 + 2.53 * deviation
  const a = -0.0873 + 0.0248 * b + 0.01 * p
  const squeeze = 0.92 - 4.2 / b
  for (;;) {
    const v = random()
    const u = random() - 0.5
    const us = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / us + b) * u + n * p + 0.5)
    if (us >= 0.07 && v <= squeeze) return k
    if (k < 0 || k > n) continue
    const alpha = (2.83 + 5.1 / b) * deviation
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= logRatioToMode(k, n, p)) return k
  }
}

/** log of P(X = k) / P(X = mode). */
function logRatioToMode(k: number, n: number, p: number): number {
  const mode = Math.floor((n + 1) * p)
  const factorials = logFactorial(mode) + logFactorial(n - mode) - logFactorial(k) - logFactorial(n - k)
  return factorials + (k - mode) * Math.log(p / (1 - p))
}
