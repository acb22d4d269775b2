/**
 * The integral of a smooth function over [from, to] by 16-point Gauss–Legendre on `panels` equal parts.
 *
 * @see Abramowitz, Stegun (1964), Handbook of Mathematical Functions, 25.4.30 and table 25.4
 */
export function integrate(f: (x: number) => number, from: number, to: number, panels: number): number {
  const half = (to - from) / (2 * panels)
  let sum = 0
  for (let i = 0; i < panels; i++) {
    const centre = from + (2 * i + 1) * half
    for (let j = 0; j < NODES.length; j++) {
      sum += WEIGHTS[j]! * (f(centre - half * NODES[j]!) + f(centre + half * NODES[j]!))
    }
  }
  return sum * half
}

const NODES: readonly number[] = [
  0.09501250983763744, 0.2816035507792589, 0.45801677765722737, 0.6178762444026438, 0.755404408355003,
  0.8656312023878318, 0.9445750230732326, 0.9894009349916499,
]

const WEIGHTS: readonly number[] = [
  0.1894506104550685, 0.18260341504492358, 0.16915651939500254, 0.14959598881657674, 0.12462897125553388,
  0.09515851168249279, 0.062253523938647894, 0.027152459411754096,
]
