/** Size of McNemar’s test, and of the tests against a margin. */
import { equivalenceTest, mcnemar, nonInferiorityTest } from '../../../packages/stats/dist/index.js'
import { drawTable, header, multinomialProbability, percent, row, share, sharesOf, title } from './experiments.mjs'

export function mcnemarSize() {
  title('McNemar, size at alpha = 0.05, by enumeration: in %')
  const methods = ['exact', 'mid-p', 'chi2', 'chi2-corrected']
  header('n', 'discordance', ...methods)
  for (const n of [16, 29, 72, 297, 1865]) {
    const rejects = methods.map((method) =>
      Array.from({ length: n + 1 }, (_, m) => {
        let sum = 0
        for (let k = 0; k <= m / 2; k++) {
          if (mcnemar({ onlyA: k, onlyB: m - k }, { method }).p > 0.05) break
          sum += (2 * k === m ? 1 : 2) * multinomialProbability([k, m - k], [0.5, 0.5])
        }
        return sum
      }),
    )
    for (const discordance of [0.05, 0.1, 0.2, 0.4]) {
      const sizes = rejects.map((by) =>
        by.reduce(
          (sum, reject, m) => sum + reject * multinomialProbability([m, n - m], [discordance, 1 - discordance]),
          0,
        ),
      )
      row(n, discordance, ...sizes.map(percent))
    }
  }
}

export function margins() {
  title(
    'Equivalence and non-inferiority at the margin (true difference −0.05, margin 0.05), alpha = 0.05, by enumeration and 20,000 simulations (n = 297, 1,865; ± 0.3): size in %',
  )
  header('n', 'discordance', 'nonInferiorityTest', 'equivalenceTest')
  const tests = [nonInferiorityTest, equivalenceTest].map((test) => (table) => test(table, { margin: 0.05 }).p <= 0.05)
  for (const n of [29, 72, 297, 1865]) {
    for (const discordance of [0.1, 0.2, 0.4]) {
      const shares = sharesOf(discordance, -0.05)
      const sizes = tests.map((rejects) => {
        if (n > 100) return share(20_000, () => rejects(drawTable(n, shares)))
        let sum = 0
        for (let onlyA = 0; onlyA <= n; onlyA++) {
          for (let onlyB = 0; onlyA + onlyB <= n; onlyB++) {
            const both = n - onlyA - onlyB
            if (rejects({ both, onlyA, onlyB, neither: 0 }))
              sum += multinomialProbability([onlyA, onlyB, both], [shares[1], shares[2], 1 - discordance])
          }
        }
        return sum
      })
      row(n, discordance, ...sizes.map(percent))
    }
  }
}
