import gammainc from '@stdlib/math-base-special-gammainc'

/** P(X > x) for a chi-square X with `degrees` degrees of freedom, without cancellation: Q(degrees/2, x/2). */
export function chiSquareUpperTail(x: number, degrees: number): number {
  return x <= 0 ? 1 : gammainc(x / 2, degrees / 2, true, true)
}
