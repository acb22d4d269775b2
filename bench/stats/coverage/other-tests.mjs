/** Coverage and size of everything else. */
import {
  auc,
  binomialTest,
  bootstrap,
  cochranQ,
  cohenKappa,
  fisherExact,
  kendallTauB,
  learningCurveBand,
  logisticRegression,
  macroDifference,
  mean,
  newcombeIndependent,
  permutationTest,
  signFlipTest,
  smallestSufficientCount,
  spearman,
  subsetHeterogeneity,
} from '../../../packages/stats/dist/index.js'
import { drawTable, header, holds, percent, random, row, share, sharesOf, title } from './experiments.mjs'

export function otherTests() {
  title(
    'Other tests with nothing to find, alpha = 0.05: size in %; and other 95 % intervals: coverage in %; 4,000 simulations, ± 0.7',
  )
  header('what', 'setting', 'size or coverage, %')
  const bernoulli = (p) => Number(random() < p)
  const many = (n, draw) => Array.from({ length: n }, draw)
  const sizes = [76, 25, 29, 72, 79, 16]
  const subsetTables = () => sizes.map((n) => drawTable(n, sharesOf(0.2, 0.06)))
  const credit = () => [0, 0.5, 1][Math.floor(3 * random())]
  const tests = [
    [
      'binomialTest (position bias)',
      '40 inconsistent comparisons',
      () => binomialTest(many(40, () => bernoulli(0.5)).filter(Boolean).length, 40).p,
    ],
    [
      'signFlipTest',
      '72 half credits',
      () => signFlipTest({ a: many(72, credit), b: many(72, credit), clusters: many(72, (_, i) => i) }).p,
    ],
    [
      'fisherExact',
      '60 of 100, 42 of 70',
      () =>
        fisherExact({
          k1: many(100, () => bernoulli(0.6)).filter(Boolean).length,
          n1: 100,
          k2: many(70, () => bernoulli(0.6)).filter(Boolean).length,
          n2: 70,
        }).p,
    ],
    [
      'cochranQ',
      '4 judges, 72 items',
      () =>
        cochranQ(
          many(72, () => {
            const p = random()
            return many(4, () => bernoulli(p))
          }),
        ).p,
    ],
    ['subsetHeterogeneity, chi2', 'six subsets of 297, discordance 0.2', () => subsetHeterogeneity(subsetTables()).p],
    [
      'subsetHeterogeneity, Monte Carlo',
      'the same, 1,000 tables',
      () => subsetHeterogeneity(subsetTables(), { method: 'monte-carlo', random, resamples: 999 }).p,
    ],
    [
      'permutationTest',
      'means of 20 and 35 half credits, 999 deals',
      () =>
        permutationTest(many(20, credit), many(35, credit), (a, b) => mean(a) - mean(b), { random, resamples: 999 }).p,
    ],
    [
      'logisticRegression, Wald',
      '100 rows, one column',
      () =>
        logisticRegression(
          many(100, () => [random()]),
          many(100, () => bernoulli(0.6)),
        ).coefficients[1].p,
    ],
    ['logisticRegression, Wald, by prompt', '50 prompts of 3', () => clusteredLogit()],
    ['spearman', '30 pairs', () => spearman(many(30, random), many(30, random)).p],
    ['kendallTauB', '30 pairs', () => kendallTauB(many(30, random), many(30, random)).p],
  ]
  for (const [what, setting, pOf] of tests) row(what, setting, percent(share(4000, () => pOf() <= 0.05)))
  const intervals = [
    [
      'newcombeIndependent',
      '60 % of 40, 45 % of 70',
      0.15,
      () =>
        newcombeIndependent({
          k1: many(40, () => bernoulli(0.6)).filter(Boolean).length,
          n1: 40,
          k2: many(70, () => bernoulli(0.45)).filter(Boolean).length,
          n2: 70,
        }),
    ],
    ['macroDifference, mover', 'six subsets of 297, discordance 0.2', 0.06, () => macroDifference(subsetTables())],
    ['macroDifference, wald', 'the same', 0.06, () => macroDifference(subsetTables(), { method: 'wald' })],
    ['cohenKappa', '72 items, three labels, kappa 0.49', 0.49, () => kappaOf(72)],
    ['cohenKappa', '297 items, three labels, kappa 0.49', 0.49, () => kappaOf(297)],
    ['auc, DeLong', '40 and 60 items, shift 1', 0.7602499389, () => aucOfNormals()],
    [
      'bootstrap, percentile',
      'mean of 25 exponential values',
      1,
      () =>
        bootstrap(
          many(25, () => -Math.log(1 - random())),
          mean,
          { random, resamples: 1000 },
        ),
    ],
    [
      'bootstrap, BCa',
      'the same',
      1,
      () =>
        bootstrap(
          many(25, () => -Math.log(1 - random())),
          mean,
          { random, resamples: 1000, method: 'bca' },
        ),
    ],
  ]
  for (const [what, setting, truth, intervalOf] of intervals)
    row(what, setting, percent(share(4000, () => holds(intervalOf(), truth))))

  for (const [seeds, spread] of [
    [3, 0],
    [3, 0.02],
    [8, 0.02],
  ]) {
    const claims = share(1000, () => sufficientAtMargin(seeds, spread))
    row(
      'smallestSufficientCount, false claim at the margin (1,000 simulations, ± 1.4)',
      `150 prompts, ${seeds} seeds, seeds spread by ${spread}`,
      percent(claims),
    )
  }

  for (const [seeds, spread] of [
    [1, 0.02],
    [3, 0.02],
    [8, 0.02],
  ]) {
    const [measured, curve] = [[], []]
    for (let i = 0; i < 400; i++) {
      const band = bandOf(seeds, spread)
      measured.push(holds(band.measured[2], rising(1600)))
      curve.push(holds(band.curve[0], rising(800)))
    }
    const setting = `150 prompts, ${seeds} seeds, seeds spread by ${spread}`
    row(
      'learningCurveBand, measured point (400 simulations, ± 2.2)',
      setting,
      percent(measured.filter(Boolean).length / 400),
    )
    row('learningCurveBand, curve between points', setting, percent(curve.filter(Boolean).length / 400))
  }

  /** A learning curve that is a power law. */
  function rising(pairs) {
    return 0.75 - 0.8 * pairs ** -0.4
  }
  /** Runs on shared prompts, some of which are easy for all, each seed shifting its run. */
  function bandOf(seeds, spread) {
    const clusters = many(150, (_, i) => i)
    const ease = clusters.map(random)
    const runs = [100, 400, 1600, 4800].flatMap((pairs) =>
      many(seeds, (_, seed) => {
        const accuracy = rising(pairs) + spread * Math.sqrt(12) * (random() - 0.5)
        return { pairs, seed, scores: ease.map((e) => bernoulli(accuracy + 0.4 * (e - 0.5))) }
      }),
    )
    return learningCurveBand(runs, { clusters, at: [800], random, resamples: 200 })
  }
  /** Two raters who each see one of three labels rightly with probability 0.8: agreement 0.66, by chance 1/3. */
  function kappaOf(n) {
    const truth = many(n, () => Math.floor(3 * random()))
    const rate = (label) => (random() < 0.8 ? label : (label + 1 + Math.floor(2 * random())) % 3)
    return cohenKappa(truth.map(rate), truth.map(rate))
  }
  /** The smaller count is worse by exactly the margin of 0.05; each seed shifts its run. */
  function sufficientAtMargin(seeds, spread) {
    const clusters = many(150, (_, i) => i)
    const ease = clusters.map(random)
    const runs = [400, 4800].flatMap((pairs) =>
      many(seeds, (_, seed) => {
        const accuracy = (pairs === 400 ? 0.6 : 0.65) + spread * Math.sqrt(12) * (random() - 0.5)
        return { pairs, seed, scores: ease.map((e) => bernoulli(accuracy + 0.5 * (e - 0.5))) }
      }),
    )
    return smallestSufficientCount(runs, { clusters, margin: 0.05, random, resamples: 500 }).status === 'shown'
  }
  function clusteredLogit() {
    const x = []
    const y = []
    const by = []
    for (let p = 0; p < 50; p++) {
      const [value, lift] = [random(), random() < 0.5 ? 0.3 : -0.3]
      for (let i = 0; i < 3; i++) {
        x.push([value])
        y.push(bernoulli(0.5 + lift))
        by.push(p)
      }
    }
    return logisticRegression(x, y, { clusters: by }).coefficients[1].p
  }
  function aucOfNormals() {
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const labels = many(100, (_, i) => Number(i < 40))
    return auc(
      labels.map((label) => normal() + label),
      labels,
    )
  }
}
