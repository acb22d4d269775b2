/**
 * Two runs, scored by subset and against each other, from 20,000 judgments a run to 2,000,000 (a million comparisons in both
 * orders), from JSONL and from Parquet: time, peak memory, and what a judgment takes.
 *
 *   node bench/scale/score.bench.mjs [judgments a run …]
 *
 * What starting takes, whatever the size, is measured with 60 judgments a run, and taken off before the time of a judgment
 * is reckoned. Sizes below 2,000,000 are measured three times, and the quickest counts.
 *
 * Asked for at 2,000,000: within 60 s on 2 cores, below 1,000 MB (of 10^6 bytes), and linear: a judgment takes at most 1.5
 * times what it takes at 200,000, from the same kind of file. Where that is not so, it ends with 1.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packLog } from '../../packages/analysis/dist/index.js'
import { inventLogs } from './invent-logs.mjs'

const TIMES_A_JUDGMENT = 1.5
const STARTING = 60
const worker = fileURLToPath(new URL('./score-worker.mjs', import.meta.url))

const asked = process.argv.slice(2).map(Number)
const folder = await mkdtemp(join(tmpdir(), 'judgelab-scale-'))
const starting = {}
const measured = []
try {
  for (const { format, examples, logs } of await inventBoth(STARTING))
    starting[format] = (await quickest(3, examples, logs)).seconds
  const starts = Object.entries(starting).map(([format, seconds]) => `${seconds.toFixed(2)} s from ${format}`)
  console.log(`starting, measured with ${STARTING} judgments a run: ${starts.join(', ')}\n`)
  console.log(row('judgments a run', 'logs', 'time', 'CPU', 'µs a judgment', 'times 200,000', 'peak memory'))
  for (const size of asked.length > 0 ? asked : [20_000, 200_000, 2_000_000])
    for (const { format, examples, logs } of await inventBoth(size)) await measure(size, format, examples, logs)
} finally {
  await rm(folder, { recursive: true, force: true })
}
const wrong = measured
  .filter(({ size }) => size >= 2_000_000)
  .flatMap(({ size, format, seconds, peakMb, times }) => [
    ...(seconds > 60 ? [`${format}, ${size}: ${seconds.toFixed(1)} s, not 60`] : []),
    ...(peakMb > 1000 ? [`${format}, ${size}: ${peakMb.toFixed(0)} MB, not 1,000`] : []),
    ...(times > TIMES_A_JUDGMENT ? [`${format}, ${size}: ${times.toFixed(2)} times, not ${TIMES_A_JUDGMENT}`] : []),
  ])
for (const line of wrong) console.error(line)
if (wrong.length > 0) process.exitCode = 1

/** The logs of two runs, and the same packed. */
async function inventBoth(size) {
  const { examples, logs } = await inventLogs(folder, size / 2)
  const packed = logs.map((log) => log.replace('.jsonl', '.parquet'))
  for (const [at, log] of logs.entries()) await packLog(log, packed[at])
  return [
    { format: 'JSONL', examples, logs },
    { format: 'Parquet', examples, logs: packed },
  ]
}

async function measure(size, format, examples, logs) {
  const { seconds, cpuSeconds, peakMb, judgments } = await quickest(size < 2_000_000 ? 3 : 1, examples, logs)
  const each = (Math.max(0, seconds - starting[format]) * 1e6) / judgments
  const reference = measured.find((held) => held.size === 200_000 && held.format === format)
  const times = reference === undefined ? undefined : each / reference.each
  measured.push({ size, format, seconds, peakMb, each, times })
  const bytes = (await Promise.all(logs.map((log) => stat(log)))).reduce((sum, { size: of }) => sum + of, 0)
  console.log(
    row(
      size.toLocaleString('en'),
      `${format}, ${(bytes / 1e6).toFixed(0)} MB`,
      `${seconds.toFixed(2)} s`,
      `${cpuSeconds.toFixed(1)} s`,
      each.toFixed(2),
      times?.toFixed(2) ?? '',
      `${peakMb.toFixed(0)} MB`,
    ),
  )
}

async function quickest(times, examples, logs) {
  let best
  for (let time = 0; time < times; time++) {
    const scored = await score(examples, logs)
    if (best === undefined || scored.seconds < best.seconds) best = scored
  }
  return best
}

/** In a process of its own, so that its peak memory is its own. */
async function score(examples, logs) {
  const child = spawn(process.execPath, [worker, examples, ...logs], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`scoring ${logs.join(' and ')} ended with ${code}`)
  return JSON.parse(said)
}

function row(...cells) {
  const widths = [15, 18, 9, 8, 14, 14, 12]
  return cells.map((cell, at) => (at === 1 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('   ')
}
