/**
 * Times packages/stats against NumPy and SciPy: the same algorithm on the same data, both in this one run.
 *
 * Run:  node scripts/build.mjs && node bench/stats/numpy.bench.mjs
 * Needs Debian's python3-numpy and python3-scipy as /usr/bin/python3.
 * Each figure is processor time, which a busy machine disturbs least: the best of five repeats of ten runs. Where NumPy can do
 * all resamples in one array, because the statistic works along an axis, that is timed too, in blocks that fit the cache; an
 * arbitrary statistic has to be called sample by sample. Takes about a minute.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { bootstrap, mcnemar, mean, pairedTableBootstrap, permutationTest } from '../../packages/stats/dist/index.js'
import { benchData, seededRandom } from './data.mjs'

const data = benchData()
const random = seededRandom(1)
const { resamples } = data

const ours = {
  'paired bootstrap by multinomial, n = 297': () => pairedTableBootstrap(data.tables[0], { random, resamples }),
  'paired bootstrap by multinomial, n = 1,000,000': () => pairedTableBootstrap(data.tables[1], { random, resamples }),
  'index bootstrap of a mean, 1,865 values': () => bootstrap(data.values, mean, { random, resamples }),
  'index bootstrap of a trimmed share, 1,865 values': () =>
    bootstrap(data.values, shareAboveHalf, { random, resamples }),
  'BCa of a mean, 1,865 values': () => bootstrap(data.values, mean, { random, resamples, method: 'bca' }),
  'permutation test, 297 against 297': () =>
    permutationTest(data.first, data.second, (a, b) => mean(a) - mean(b), { random, resamples }),
  'exact McNemar p, 1,000,000 discordant, 200 times': () => {
    for (let i = 0; i < data.mcnemar.times; i++)
      mcnemar({ onlyA: data.mcnemar.onlyA - i, onlyB: data.mcnemar.onlyB + i })
  },
}

const theirs = timePython()
console.log(
  `node ${process.version}; python ${theirs.versions}; processor time, best of ${data.repeats} times ten runs; ${resamples} resamples`,
)
console.log('| task | judgelab, ms | NumPy / SciPy, ms | times as fast |')
console.log('|---|---|---|---|')
for (const [task, run] of Object.entries(ours)) {
  const ms = best(run)
  for (const [way, other] of Object.entries(theirs.ms[task])) {
    console.log(`| ${task} | ${ms.toFixed(1)} | ${other.toFixed(1)} (${way}) | ${(other / ms).toFixed(1)} |`)
  }
}

function shareAboveHalf(sample) {
  let above = 0
  let kept = 0
  for (let i = 0; i < sample.length; i++) {
    above += Number(sample[i] > 0.5)
    kept += Number(sample[i] >= 0.05)
  }
  return above / kept
}

/** The least processor time of a run in ms, over the repeats; short runs are taken ten at a time. */
function best(run) {
  run()
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < data.repeats; i++) {
    const start = process.cpuUsage()
    for (let k = 0; k < 10; k++) run()
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, (user + system) / 1e4)
  }
  return least
}

function timePython() {
  const script = fileURLToPath(new URL('python-side.py', import.meta.url))
  const python = '/usr/bin/python3'
  const result = spawnSync(python, [script], { input: JSON.stringify(data), encoding: 'utf8' })
  if (result.status !== 0)
    throw new Error(`numpy.bench.mjs needs NumPy and SciPy, got ${result.stderr || result.error}`)
  return JSON.parse(result.stdout)
}
