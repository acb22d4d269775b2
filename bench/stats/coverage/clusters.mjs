/** Coverage and size where several comparisons share a prompt. */
import {
  clusteredMean,
  mcnemar,
  pairedBootstrap,
  pairedDifference,
  signFlipTest,
} from '../../../packages/stats/dist/index.js'
import { header, holds, percent, random, row, title } from './experiments.mjs'

/** Paired right-or-wrong scores with several comparisons a prompt; the judges differ by prompt, but not on average. */
function drawClustered(prompts, each) {
  const scores = { a: [], b: [], clusters: [] }
  for (let p = 0; p < prompts; p++) {
    const tilt = random() < 0.5 ? 0.3 : -0.3
    for (let i = 0; i < each; i++) {
      scores.a.push(Number(random() < 0.6 + tilt))
      scores.b.push(Number(random() < 0.6 - tilt))
      scores.clusters.push(p)
    }
  }
  return scores
}

export function clusters() {
  title('Several comparisons of a prompt (three each, no true difference), 2,000 simulations: in %, ± 1.0')
  header(
    'prompts',
    'size of signFlipTest by prompt',
    'size of mcnemar as if independent',
    'coverage of pairedBootstrap by prompt',
    'coverage of clusteredMean',
    'coverage of Tango as if independent',
  )
  for (const prompts of [10, 30, 100]) {
    const counts = [0, 0, 0, 0, 0]
    for (let i = 0; i < 2000; i++) {
      const scores = drawClustered(prompts, 3)
      const cells = { 0: 0, 1: 0, '-1': 0 }
      scores.a.forEach((x, j) => {
        cells[x - scores.b[j]]++
      })
      const table = { both: cells[0], onlyA: cells[1], onlyB: cells[-1], neither: 0 }
      const results = [
        signFlipTest(scores).p <= 0.05,
        mcnemar(table).p <= 0.05,
        holds(pairedBootstrap(scores, { random, resamples: 1000 }), 0),
        holds(
          clusteredMean(
            scores.a.map((x, j) => x - scores.b[j]),
            scores.clusters,
          ),
          0,
        ),
        holds(pairedDifference(table), 0),
      ]
      results.forEach((result, j) => {
        if (result) counts[j]++
      })
    }
    row(prompts, ...counts.map((count) => percent(count / 2000)))
  }
}
