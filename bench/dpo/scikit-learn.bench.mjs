// Times DPO of the local policy against scikit-learn on the same features, both in this one run.
//
// DPO of a log-linear policy is logistic regression without intercept on differences of features, with the coefficients
// beta * (theta - theta_ref): scikit-learn gets each difference as it is (label 1) and negated (label 0), which changes no
// minimum. Its SGDClassifier makes three passes, as we do; its LogisticRegression goes on to the minimum under a weak penalty.
// The pairs are the 5,407 of the published procedure on the built-in benchmark; losses on pairs of its test side tell whether
// the faster one also learned something.
//
// Run:  node scripts/build.mjs && node bench/dpo/scikit-learn.bench.mjs
// Needs Debian's python3-sklearn as /usr/bin/python3; without it, only our own time is printed. Figures are processor time,
// the best of five.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectAt } from '../../packages/core/dist/index.js'
import { examplesOn, loadBenchmark, splitBenchmark } from '../../packages/datasets/dist/index.js'
import { pairsFromResponses } from '../../packages/dpo/dist/index.js'
import { dpoLoss, featureExtractor, priorPolicy, rewardMargin, trainDpo } from '../../packages/policy/dist/index.js'

const BETA = 0.1
const REPEATS = 5
const benchmark = await loadBenchmark(
  { source: 'builtin' },
  projectAt(fileURLToPath(new URL('../..', import.meta.url))),
)
const split = splitBenchmark(benchmark, { method: 'together-2026', seed: 42, trainSize: 1500, testSize: 300 })
const [train, test] = ['train', 'test'].map((side) =>
  withFeatures(pairsFromResponses(examplesOn(side, benchmark, split))),
)

const base = priorPolicy()
const options = { seed: 42, beta: BETA, epochs: 3 }
const { policy } = trainDpo(base, train, options)
const ours = best(() => trainDpo(base, train, options))
console.log(`${train.length} pairs x 3 epochs, ${base.weights.length} features; processor time, best of ${REPEATS}`)
console.log('| what | ms | loss on training pairs | loss on test-side pairs | right on test-side pairs |')
console.log('|---|---:|---:|---:|---:|')
print('judgelab, DPO by Adagrad, 3 epochs', ours, measured(train).loss, measured(test))

const theirs = scikitLearn()
if (theirs.length === 0) console.log('scikit-learn is not there: apt-get install python3-sklearn')
for (const { what, ms, trainLoss, testLoss, right } of theirs) print(what, ms, trainLoss, { loss: testLoss, right })

function print(what, ms, trainLoss, { loss, right }) {
  console.log(
    `| ${what} | ${ms.toFixed(1)} | ${trainLoss.toFixed(4)} | ${loss.toFixed(4)} | ${(100 * right).toFixed(1)} % |`,
  )
}

function measured(pairs) {
  let [loss, right] = [0, 0]
  for (const pair of pairs) {
    loss += dpoLoss(policy, base, pair, BETA)
    right += rewardMargin(policy, base, pair, BETA) > 0 ? 1 : 0
  }
  return { loss: loss / pairs.length, right: right / pairs.length }
}

function withFeatures(pairs) {
  return pairs.map(({ id, input, preferred, nonPreferred }) => {
    const read = featureExtractor(input)
    return { id, preferred: read(preferred), nonPreferred: read(nonPreferred) }
  })
}

function best(work) {
  const times = Array.from({ length: REPEATS }, () => {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  })
  return Math.min(...times)
}

function scikitLearn() {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-scikit-'))
  try {
    for (const [name, pairs] of Object.entries({ train, test }))
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(sparseRows(pairs)))
    const script = fileURLToPath(new URL('./scikit-side.py', import.meta.url))
    const python = spawnSync('/usr/bin/python3', [script, folder, String(base.weights.length), String(REPEATS)], {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    })
    if (python.status !== 0) {
      if (!/No module named/.test(python.stderr ?? '')) throw new Error(python.stderr || String(python.error))
      return []
    }
    return JSON.parse(python.stdout)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Differences of features as compressed sparse rows. */
function sparseRows(pairs) {
  const rows = { indptr: [0], indices: [], data: [] }
  for (const { preferred, nonPreferred } of pairs) {
    const row = new Map()
    for (const [at, index] of preferred.indices.entries()) row.set(index, preferred.values[at])
    for (const [at, index] of nonPreferred.indices.entries())
      row.set(index, (row.get(index) ?? 0) - nonPreferred.values[at])
    for (const [index, value] of row) {
      if (value === 0) continue
      rows.indices.push(index)
      rows.data.push(value)
    }
    rows.indptr.push(rows.indices.length)
  }
  return rows
}
