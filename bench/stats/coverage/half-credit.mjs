/** Coverage and size where a tie earns half. */
import { bootstrap, clusteredMean, mean, proportionInterval } from '../../../packages/stats/dist/index.js'
import { header, holds, percent, random, row, title } from './experiments.mjs'

/** Half credit of prompts judged in both orders: 0, ½ or 1, by how hard the prompt is. */
function drawHalfCredit(n) {
  return Array.from({ length: n }, () => {
    const right = random() < 0.5 ? 0.9 : 0.4
    return [Number(random() < right), Number(random() < right)]
  })
}

export function halfCredit() {
  title(
    'Mean score of prompts judged in both orders (true mean 0.65), 95 % intervals, 4,000 simulations: coverage in %, ± 0.7',
  )
  header(
    'prompts',
    'bootstrap',
    'clusteredMean',
    'Wilson on half credit, n prompts',
    'Wilson on both orders, 2n',
    'mean width: bootstrap',
    'mean width: Wilson on half credit',
  )
  for (const n of [16, 72, 297]) {
    const covered = [0, 0, 0, 0]
    let [width, wilsonWidth] = [0, 0]
    for (let i = 0; i < 4000; i++) {
      const prompts = drawHalfCredit(n)
      const credits = prompts.map(([x, y]) => (x + y) / 2)
      const total = prompts.reduce((sum, [x, y]) => sum + x + y, 0)
      const intervals = [
        bootstrap(credits, mean, { random, resamples: 1000 }),
        clusteredMean(
          prompts.flat(),
          prompts.flatMap((_, j) => [j, j]),
        ),
        proportionInterval(Math.round(total / 2), n),
        proportionInterval(total, 2 * n),
      ]
      width += (intervals[0].high - intervals[0].low) / 4000
      wilsonWidth += (intervals[2].high - intervals[2].low) / 4000
      intervals.forEach((interval, j) => {
        if (holds(interval, 0.65)) covered[j]++
      })
    }
    row(n, ...covered.map((count) => percent(count / 4000)), width.toFixed(3), wilsonWidth.toFixed(3))
  }
}
