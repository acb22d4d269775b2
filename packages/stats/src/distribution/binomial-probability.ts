import { logFactorialError } from './log-factorial-error.js'

/**
 * P(X = k) for X ~ Binomial(n, p), accurate to about 1e-14 relative for n up to 1e9.
 *
 * Written as sqrt(n / 2πk(n−k)) · exp(δ(n) − δ(k) − δ(n−k) − D(k, np) − D(n−k, nq)) with δ the error of Stirling's
 * formula and D(x, m) = x·log(x/m) + m − x, so that no large logarithms cancel.
 *
 * `q` is 1 − p; a caller that knows it more exactly than that difference passes it.
 *
 * @see Loader (2000), Fast and accurate computation of binomial probabilities
 */
export function binomialProbability(k: number, n: number, p: number, q: number = 1 - p): number {
  if (p === 0) return k === 0 ? 1 : 0
  if (q === 0) return k === n ? 1 : 0
  if (k === 0) return p < q ? Math.exp(n * Math.log1p(-p)) : q ** n
  if (k === n) return q < p ? Math.exp(n * Math.log1p(-q)) : p ** n
  const exponent =
    logFactorialError(n) -
    logFactorialError(k) -
    logFactorialError(n - k) -
    devianceTerm(k, n * p) -
    devianceTerm(n - k, n * q)
  return Math.sqrt(n / (2 * Math.PI * k * (n - k))) * Math.exp(exponent)
}

/** x·log(x/m) + m − x, by its series in (x − m)/(x + m) where x is near m. */
function devianceTerm(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x
  const v = (x - m) / (x + m)
  let sum = (x - m) * v
  let power = 2 * x * v
  for (let j = 1; j < 1000; j++) {
    power *= v * v
    const next = sum + power / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}
