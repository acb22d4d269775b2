/**
 * Two runs, scored by subset and against each other, from 20,000 judgments a run to 2,000,000 (a million comparisons in both
 * orders), from JSONL and from Parquet: time, peak memory, and what a judgment takes.
 *
 *   node bench/scale/score.bench.mjs [judgments a run …]
 *
 * Asked for at 2,000,000: within 60 s on 2 cores, below 1,000 MB, and no more a judgment than four times what 200,000 take.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packLog } from '../../packages/analysis/dist/index.js'
import { inventLogs } from './invent-logs.mjs'

const sizes = process.argv.slice(2).map(Number)
const folder = await mkdtemp(join(tmpdir(), 'judgelab-scale-'))
const measured = []
try {
  console.log('judgments a run   logs                 read, scored, compared   CPU   µs a judgment   peak memory')
  for (const size of sizes.length > 0 ? sizes : [20_000, 200_000, 2_000_000]) {
    const { examples, logs } = await inventLogs(folder, size / 2)
    await measure(size, 'JSONL', examples, logs)
    const packed = logs.map((log) => log.replace('.jsonl', '.parquet'))
    for (const [at, log] of logs.entries()) await packLog(log, packed[at])
    await measure(size, 'Parquet', examples, packed)
  }
} finally {
  await rm(folder, { recursive: true, force: true })
}
const largest = measured.filter(({ size }) => size === 2_000_000)
const reference = measured.find(({ size, format }) => size === 200_000 && format === 'JSONL')
const isSlow = largest.some(({ seconds, peakMb }) => seconds > 60 || peakMb > 1000)
const isSteep = largest.some(({ each }) => reference !== undefined && each > 4 * reference.each)
if (isSlow || isSteep) process.exitCode = 1

async function measure(size, format, examples, logs) {
  const worker = fileURLToPath(new URL('./score-worker.mjs', import.meta.url))
  const child = spawn(process.execPath, [worker, examples, ...logs], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`scoring ${size} judgments ended with ${code}`)
  const { seconds, cpuSeconds, peakMb, judgments } = JSON.parse(said)
  const bytes = (await Promise.all(logs.map((log) => stat(log)))).reduce((sum, { size: of }) => sum + of, 0)
  const each = (seconds * 1e6) / judgments
  measured.push({ size, format, seconds, peakMb, each })
  console.log(
    `${size.toLocaleString('en').padStart(15)}   ${`${format}, ${(bytes / 2 ** 20).toFixed(0)} MB`.padEnd(18)} ${`${seconds.toFixed(2)} s`.padStart(24)} ${`${cpuSeconds.toFixed(1)} s`.padStart(7)} ${each.toFixed(2).padStart(15)} ${`${peakMb.toFixed(0)} MB`.padStart(13)}`,
  )
}
