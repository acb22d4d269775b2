// Builds 1,000,000 pairs one at a time, filters, tallies and exports them, and prints the peak memory of each export.
// Each export runs in a process of its own, since a process's peak never falls. Run after a build:
// node bench/dpo/million-pairs.bench.mjs [pairs]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createPairFilter, createPairTally, exportPairs, responsePairs } from '../../packages/dpo/dist/index.js'
import { inventedExamples } from './invented-examples.mjs'

const LIMIT_MB = 300
const [count = '1000000', format, file] = process.argv.slice(2)

if (format === undefined) runAll()
else await runOne()

function runAll() {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-million-'))
  const exports = [
    ['together', 'pairs.jsonl'],
    ['trl-conversational', 'pairs.parquet'],
    ['csv', 'pairs.csv'],
  ]
  let worst = 0
  try {
    for (const [name, base] of exports) {
      const script = fileURLToPath(import.meta.url)
      const child = spawnSync(process.execPath, [script, count, name, join(folder, base)], { encoding: 'utf8' })
      if (child.status !== 0) throw new Error(child.stderr)
      const { rows, seconds, peakMb, bytes, subsets } = JSON.parse(child.stdout)
      worst = Math.max(worst, peakMb)
      console.log(
        `${name}: ${rows} pairs of ${subsets} subsets, ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s, peak ${peakMb.toFixed(0)} MB (limit ${LIMIT_MB} MB)`,
      )
      rmSync(join(folder, base))
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const within = worst <= LIMIT_MB
  console.log(within ? 'within the limit' : 'OVER THE LIMIT')
  process.exitCode = within ? 0 : 1
}

async function runOne() {
  const start = performance.now()
  const tally = createPairTally()
  const { rows } = await exportPairs(filtered(tally), { format, file })
  const { bySubset } = tally.summary()
  process.stdout.write(
    JSON.stringify({
      rows,
      seconds: (performance.now() - start) / 1000,
      peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
      bytes: statSync(file).size,
      subsets: Object.keys(bySubset).length,
    }),
  )
}

function* filtered(tally) {
  const reasonOf = createPairFilter()
  for (const pair of responsePairs(inventedExamples(Number(count) / 4))) {
    if (reasonOf(pair) !== undefined) continue
    tally.add(pair, 'train')
    yield pair
  }
}
