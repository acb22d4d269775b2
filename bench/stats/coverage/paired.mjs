/** Coverage of the intervals of a paired difference. */
import { pairedDifference, pairedTableBootstrap } from '../../../packages/stats/dist/index.js'
import {
  drawTable,
  header,
  holds,
  multinomialProbability,
  percent,
  random,
  row,
  sharesOf,
  title,
} from './experiments.mjs'

export function pairedEnumerated() {
  title('Paired difference, 95 % intervals, by enumeration: coverage in %')
  const methods = ['tango', 'newcombe', 'wald']
  header('n', 'discordance', 'true difference', ...methods)
  for (const n of [16, 29, 72]) {
    const tables = []
    for (let onlyA = 0; onlyA <= n; onlyA++) {
      for (let onlyB = 0; onlyA + onlyB <= n; onlyB++) {
        const rest = n - onlyA - onlyB
        const same = { both: 0, onlyA, onlyB, neither: rest }
        const limits = { tango: pairedDifference(same), wald: pairedDifference(same, { method: 'wald' }) }
        for (let both = 0; both <= rest; both++) {
          const table = { both, onlyA, onlyB, neither: rest - both }
          tables.push({
            counts: [both, onlyA, onlyB, rest - both],
            ...limits,
            newcombe: pairedDifference(table, { method: 'newcombe' }),
          })
        }
      }
    }
    for (const [discordance, difference] of [
      [0.05, 0],
      [0.1, 0],
      [0.1, 0.05],
      [0.2, 0],
      [0.2, 0.1],
      [0.4, 0],
      [0.4, 0.2],
    ]) {
      const shares = sharesOf(discordance, difference)
      const covered = methods.map(() => 0)
      for (const table of tables) {
        const probability = multinomialProbability(table.counts, shares)
        methods.forEach((method, i) => {
          if (holds(table[method], difference)) covered[i] += probability
        })
      }
      row(n, discordance, difference, ...covered.map(percent))
    }
  }
}

export function pairedSimulated() {
  title('Paired difference, 95 % intervals, 4,000 simulations: coverage in %, ± 0.7 (two standard errors)')
  header('n', 'discordance', 'true difference', 'tango', 'newcombe', 'wald', 'bootstrap, percentile', 'bootstrap, BCa')
  for (const n of [72, 297, 1865]) {
    for (const [discordance, difference] of [
      [0.05, 0],
      [0.1, 0.05],
      [0.2, 0],
      [0.2, 0.1],
      [0.4, 0.2],
    ]) {
      const shares = sharesOf(discordance, difference)
      const covered = [0, 0, 0, 0, 0]
      for (let i = 0; i < 4000; i++) {
        const table = drawTable(n, shares)
        const intervals = [
          ...['tango', 'newcombe', 'wald'].map((method) => pairedDifference(table, { method })),
          ...['percentile', 'bca'].map((method) => pairedTableBootstrap(table, { random, resamples: 1000, method })),
        ]
        intervals.forEach((interval, j) => {
          if (holds(interval, difference)) covered[j]++
        })
      }
      row(n, discordance, difference, ...covered.map((count) => percent(count / 4000)))
    }
  }
}
