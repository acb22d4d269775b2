/**
 * The inverse of a symmetric positive definite matrix (rows of numbers), or undefined if it is singular to rounding.
 *
 * By Cholesky factors of the matrix scaled to a unit diagonal: a pivot below 1e-12 there means that one column is, to
 * twelve digits, a combination of the others.
 *
 * @see Golub, Van Loan (2013), Matrix Computations, 4th ed., section 4.2
 */
export function inverseSymmetric(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const k = matrix.length
  const scale = matrix.map((row, i) => 1 / Math.sqrt(row[i]!))
  const factor = choleskyFactor(matrix.map((row, i) => row.map((value, j) => value * scale[i]! * scale[j]!)))
  if (!factor) return undefined
  const inverse = Array.from({ length: k }, (_, column) => solveUnit(factor, column))
  return inverse.map((row, i) => row.map((value, j) => value * scale[i]! * scale[j]!))
}

function choleskyFactor(matrix: readonly (readonly number[])[]): number[][] | undefined {
  const factor = matrix.map((row) => row.map(() => 0))
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      let value = matrix[i]![j]!
      for (let m = 0; m < j; m++) value -= factor[i]![m]! * factor[j]![m]!
      if (i > j) factor[i]![j] = value / factor[j]![j]!
      else if (value > 1e-12) factor[i]![i] = Math.sqrt(value)
      else return undefined
    }
  }
  return factor
}

/** The solution of (L·Lᵀ) x = unit vector `column`. */
function solveUnit(factor: readonly (readonly number[])[], column: number): number[] {
  const k = factor.length
  const x = new Array<number>(k).fill(0)
  for (let i = 0; i < k; i++) {
    let value = i === column ? 1 : 0
    for (let m = 0; m < i; m++) value -= factor[i]![m]! * x[m]!
    x[i] = value / factor[i]![i]!
  }
  for (let i = k - 1; i >= 0; i--) {
    let value = x[i]!
    for (let m = i + 1; m < k; m++) value -= factor[m]![i]! * x[m]!
    x[i] = value / factor[i]![i]!
  }
  return x
}
