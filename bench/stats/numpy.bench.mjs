/**
 * Times packages/stats against NumPy and SciPy: the same algorithm on the same data, both in this one run.
 *
 * Run:  node scripts/build.mjs && node bench/stats/numpy.bench.mjs
 * Needs Debian's python3-numpy and python3-scipy as /usr/bin/python3 (or PYTHON=...).
 * Each figure is the best of five repeats; the NumPy side is the faster of a loop over resamples and one array of all.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { bootstrap, mcnemar, pairedTableBootstrap, permutationTest } from '../../packages/stats/dist/index.js'
import { benchData, seededRandom } from './data.mjs'

const data = benchData()
const random = seededRandom(1)
const { resamples } = data

const ours = {
  'paired bootstrap by multinomial, n = 297': () => pairedTableBootstrap(data.tables[0], { random, resamples }),
  'paired bootstrap by multinomial, n = 1,000,000': () => pairedTableBootstrap(data.tables[1], { random, resamples }),
  'index bootstrap of a mean, 1,865 values': () => bootstrap(data.values, mean, { random, resamples }),
  'index bootstrap of a trimmed share, 1,865 values': () => bootstrap(data.values, shareAboveHalf, { random, resamples }),
  'BCa of a mean, 1,865 values': () => bootstrap(data.values, mean, { random, resamples, method: 'bca' }),
  'permutation test, 297 against 297': () =>
    permutationTest(data.first, data.second, (a, b) => mean(a) - mean(b), { random, resamples }),
  'exact McNemar p, 1,000,000 discordant, 200 times': () => {
    for (let i = 0; i < data.mcnemar.times; i++) mcnemar({ onlyA: data.mcnemar.onlyA - i, onlyB: data.mcnemar.onlyB + i })
  },
}

const theirs = timePython()
console.log(`node ${process.version}; python ${theirs.versions}; best of ${data.repeats}; ${resamples} resamples`)
console.log('| task | judgelab, ms | NumPy / SciPy, ms | times as fast |')
console.log('|---|---|---|---|')
for (const [task, run] of Object.entries(ours)) {
  const ms = best(run)
  const other = theirs.ms[task]
  console.log(`| ${task} | ${ms.toFixed(1)} | ${other.toFixed(1)} | ${(other / ms).toFixed(1)} |`)
}

function mean(sample) {
  let sum = 0
  for (let i = 0; i < sample.length; i++) sum += sample[i]
  return sum / sample.length
}

function shareAboveHalf(sample) {
  let above = 0
  let kept = 0
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] < 0.05) continue
    kept++
    if (sample[i] > 0.5) above++
  }
  return above / kept
}

function best(run) {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < data.repeats; i++) {
    const start = performance.now()
    run()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

function timePython() {
  const script = fileURLToPath(new URL('python-side.py', import.meta.url))
  const python = process.env.PYTHON ?? '/usr/bin/python3'
  const result = spawnSync(python, [script], { input: JSON.stringify(data), encoding: 'utf8' })
  if (result.status !== 0) throw new Error(`numpy.bench.mjs needs NumPy and SciPy, got ${result.stderr || result.error}`)
  return JSON.parse(result.stdout)
}
