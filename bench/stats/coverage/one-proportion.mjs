/** Coverage of the intervals of one proportion. */
import { mean, proportionInterval } from '../../../packages/stats/dist/index.js'
import { header, holds, multinomialProbability, percent, row, title } from './experiments.mjs'

export function oneProportion() {
  title('One proportion, 95 % intervals, by enumeration: least and mean coverage in % over p = 0.01, 0.02, … 0.99')
  const methods = ['wilson', 'jeffreys', 'agresti-coull', 'clopper-pearson', 'wald']
  header('n', ...methods)
  for (const n of [16, 29, 72, 297, 1865]) {
    const cells = methods.map((method) => {
      const intervals = Array.from({ length: n + 1 }, (_, x) => proportionInterval(x, n, { method }))
      const coverages = Array.from({ length: 99 }, (_, i) => {
        const p = (i + 1) / 100
        return intervals.reduce(
          (sum, it, x) => sum + (holds(it, p) ? multinomialProbability([x, n - x], [p, 1 - p]) : 0),
          0,
        )
      })
      return `${percent(Math.min(...coverages))}, ${percent(mean(coverages))}`
    })
    row(n, ...cells)
  }
}
