/**
 * Coverage of every interval and size of every test, as Markdown tables: the figures of docs/statistics.md.
 *
 * Run:  node scripts/build.mjs && node bench/stats/coverage.mjs    (one core, five to ten minutes)
 * Small samples by enumeration, which is exact; the others by seeded simulation, whose error is given with each table.
 */
import {
  auc,
  binomialTest,
  bootstrap,
  clusteredMean,
  cochranQ,
  cohenKappa,
  equivalenceTest,
  extendPairedSequence,
  fisherExact,
  kendallTauB,
  learningCurveBand,
  logisticRegression,
  macroDifference,
  mcnemar,
  mean,
  newcombeIndependent,
  nonInferiorityTest,
  pairedBootstrap,
  pairedDifference,
  pairedTableBootstrap,
  permutationTest,
  proportionInterval,
  signFlipTest,
  smallestSufficientCount,
  spearman,
  startPairedSequence,
  subsetHeterogeneity,
} from '../../packages/stats/dist/index.js'
import { seededRandom } from './data.mjs'

/** Begun anew for every table, so that a table made alone is the same. */
let stream = seededRandom(20261122)
const random = () => stream()
const percent = (share) => (100 * share).toFixed(1)
const row = (...cells) => console.log(`| ${cells.join(' | ')} |`)
const header = (...cells) => {
  row(...cells)
  row(...cells.map(() => '---'))
}
const title = (text) => console.log(`\n### ${text}\n`)

/** log of n! for n up to a few thousand, by summing. */
const logFactorials = [0]
for (let i = 1; i <= 4000; i++) logFactorials.push(logFactorials[i - 1] + Math.log(i))

/** The probability of counts under multinomial shares. */
function multinomialProbability(counts, shares) {
  let n = 0
  let log = 0
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] > 0 && shares[i] === 0) return 0
    n += counts[i]
    if (counts[i] > 0) log += counts[i] * Math.log(shares[i]) - logFactorials[counts[i]]
  }
  return Math.exp(log + logFactorials[n])
}

const holds = ({ low, high }, truth) => low <= truth + 1e-12 && high >= truth - 1e-12

/** The share of seeded experiments that come out true. */
function share(experiments, experiment) {
  let hits = 0
  for (let i = 0; i < experiments; i++) if (experiment()) hits++
  return hits / experiments
}

function drawTable(n, shares) {
  const counts = [0, 0, 0, 0]
  for (let i = 0; i < n; i++) {
    let u = random()
    let at = 0
    while (at < 3 && u >= shares[at]) u -= shares[at++]
    counts[at]++
  }
  return { both: counts[0], onlyA: counts[1], onlyB: counts[2], neither: counts[3] }
}

/** Shares of the four cells: what is concordant is right six times in ten. */
function sharesOf(discordance, difference) {
  const rest = 1 - discordance
  return [0.6 * rest, (discordance + difference) / 2, (discordance - difference) / 2, 0.4 * rest]
}

function oneProportion() {
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

function pairedEnumerated() {
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

function pairedSimulated() {
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

/** Half credit of prompts judged in both orders: 0, ½ or 1, by how hard the prompt is. */
function drawHalfCredit(n) {
  return Array.from({ length: n }, () => {
    const right = random() < 0.5 ? 0.9 : 0.4
    return [Number(random() < right), Number(random() < right)]
  })
}

function halfCredit() {
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

function clusters() {
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

function mcnemarSize() {
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

function margins() {
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

function otherTests() {
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

function sequential() {
  const looks = 1865
  title(
    `Two judges in lockstep, looked at after every one of ${looks.toLocaleString('en')} comparisons, level 0.95, 400 simulations`,
  )
  header(
    'discordance',
    'true difference',
    'ever decided, %',
    'decided for the wrong judge, %',
    'truth ever outside the confidence sequence, %',
    'median comparisons to decision',
    'exact McNemar p ever <= 0.05, %',
  )
  for (const [discordance, difference] of [
    [0.1, 0],
    [0.2, 0],
    [0.4, 0],
    [0.2, 0.05],
    [0.2, 0.1],
    [0.4, 0.2],
  ]) {
    const shares = sharesOf(discordance, difference)
    const [decisions, peeks] = [[], []]
    let [wrong, outside] = [0, 0]
    for (let e = 0; e < 400; e++) {
      let sequence = startPairedSequence()
      let [onlyA, onlyB, peeked, decidedAt] = [0, 0, false, null]
      for (let i = 1; i <= looks; i++) {
        const u = random()
        const x = u < shares[1] ? 1 : u < discordance ? -1 : 0
        if (x === 1) onlyA++
        if (x === -1) onlyB++
        peeked ||= x !== 0 && mcnemar({ onlyA, onlyB }).p <= 0.05
        sequence = extendPairedSequence(sequence, [x])
        if (sequence.decided !== null) decidedAt ??= i
      }
      peeks.push(peeked)
      if (decidedAt !== null) decisions.push(decidedAt)
      if (sequence.decided !== null && (difference === 0 || sequence.decided === 'b')) wrong++
      if (sequence.low > difference || sequence.high < difference) outside++
    }
    decisions.sort((x, y) => x - y)
    const median = decisions.length > 200 ? decisions[200] : 'not reached'
    row(
      discordance,
      difference,
      percent(decisions.length / 400),
      percent(wrong / 400),
      percent(outside / 400),
      median,
      percent(peeks.filter(Boolean).length / 400),
    )
  }
}

const parts = {
  oneProportion,
  pairedEnumerated,
  pairedSimulated,
  halfCredit,
  clusters,
  mcnemarSize,
  margins,
  otherTests,
  sequential,
}
const asked = process.argv.slice(2)
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  stream = seededRandom(20261122)
  part()
}
