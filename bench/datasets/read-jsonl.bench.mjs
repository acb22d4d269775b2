/**
 * Reading and validating preference pairs against a bare readline + JSON.parse loop, each in a process of its own.
 *
 *   node bench/datasets/read-jsonl.bench.mjs [rows]      100,000 rows (100 MB) by default; 1000000 is the full size (1 GB)
 *
 * The file is made in the system's folder for temporary files and removed afterwards. Asked for: at least half the bare
 * loop's rate, and at most 300 MB of memory. Each is run three times; the medians count.
 */
import { spawnSync } from 'node:child_process'
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const LEAST_RATIO = 0.5
const MOST_MB = 300

const [mode, file] = process.argv.slice(2)
if (mode === 'bare') await bare(file)
else if (mode === 'validated') await validated(file)
else await compare(Number(mode ?? 100_000))

async function compare(rows) {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-bench-'))
  try {
    const path = join(folder, 'pairs.jsonl')
    await write(path, rows)
    const megabytes = statSync(path).size / 1e6
    console.log(
      `${rows.toLocaleString('en')} preference pairs, ${megabytes.toFixed(0)} MB, Node ${process.versions.node}`,
    )
    const measured = { bare: [], validated: [] }
    for (let round = 0; round < 3; round++)
      for (const name of ['bare', 'validated']) measured[name].push(child(name, path))
    const [plain, ours] = [median(measured.bare), median(measured.validated)]
    for (const [name, { seconds, cpuSeconds, peakMb }] of [
      ['readline + JSON.parse', plain],
      ['readExamples, validated', ours],
    ])
      console.log(
        `${name.padEnd(24)} ${seconds.toFixed(2).padStart(6)} s  ${Math.round(rows / seconds)
          .toLocaleString('en')
          .padStart(9)} rows/s  ${cpuSeconds.toFixed(2)} s CPU  peak ${peakMb.toFixed(0)} MB`,
      )
    const ratio = plain.seconds / ours.seconds
    console.log(
      `by CPU time ${(plain.cpuSeconds / ours.cpuSeconds).toFixed(2)}: on a busy machine believe this one, whose clock others do not share`,
    )
    console.log(
      `rate ${ratio.toFixed(2)} of the bare loop's (asked: ${LEAST_RATIO}), peak ${ours.peakMb.toFixed(0)} MB (asked: ${MOST_MB})`,
    )
    if (ratio < LEAST_RATIO || ours.peakMb > MOST_MB) process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function child(name, path) {
  const { stdout, status, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), name, path], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`)
  return JSON.parse(stdout)
}

function median(runs) {
  return runs.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(runs.length / 2)]
}

function told(started, rows) {
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage()
  console.log(
    JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, rows, peakMb: process.resourceUsage().maxRSS / 1024 }),
  )
}

async function bare(path) {
  const started = performance.now()
  let rows = 0
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }))
    if (JSON.parse(line).id !== undefined) rows++
  told(started, rows)
}

async function validated(path) {
  const { createColumnReader, createProblemLog, readExamples } = await import('../../packages/datasets/dist/index.js')
  const started = performance.now()
  const log = createProblemLog('strict')
  const columns = { id: 'id', subset: 'subset', prompt: 'prompt', chosen: 'chosen', rejected: 'rejected' }
  const fromRow = createColumnReader(columns, log.note)
  let rows = 0
  for await (const example of readExamples({ files: [path], format: 'jsonl', fromRow, ownership: 'own', log }))
    if (example.id !== undefined) rows++
  told(started, rows)
}

/** Rows of about 1,000 bytes, every prompt and response of its own, some of them with letters beyond ASCII. */
async function write(path, rows) {
  const out = createWriteStream(path)
  const words =
    'the judge reads both answers and says which one follows the instruction more closely than its rival'.split(' ')
  let state = 1
  const text = (length) => {
    const said = []
    for (let size = 0; size < length; size += said.at(-1).length + 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      said.push(words[state % words.length])
    }
    return said.join(' ')
  }
  for (let row = 0; row < rows; row++) {
    const pair = {
      id: `pair-${row}`,
      subset: `part-${row % 6}`,
      prompt: `${row}: ${text(180)}?`,
      chosen: `${text(360)}${row % 50 === 0 ? ' – “naïve” 語' : ''}.`,
      rejected: `${text(340)}!`,
    }
    if (!out.write(`${JSON.stringify(pair)}\n`)) await new Promise((resolve) => out.once('drain', resolve))
  }
  await new Promise((resolve) => out.end(resolve))
}
