// Has `judgelab pairs` build 1,000,000 pairs of a file of examples, write them with their data card and export them, each
// format in a process of its own, and prints the peak memory of each. Run after a build:
// node bench/dpo/pairs-command.bench.mjs [pairs] [format …]
import { spawnSync } from 'node:child_process'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { inventedExamples } from './invented-examples.mjs'

const LIMIT_MB = 300
const [count = '1000000', ...asked] = process.argv.slice(2)
const formats = asked.length > 0 ? asked : ['together', 'trl-conversational', 'csv']
const TEST_EXAMPLES = 1000

const STUDY = `version: 1
name: million
title: A million pairs
question: Do they fit?
benchmark:
  source: file
  path: data/examples.jsonl
  columns: { id: id, subset: subset, prompt: prompt, chosen: chosen, rejected: rejected }
split: { method: grouped, testSize: ${TEST_EXAMPLES} }
judges: [{ name: longer, provider: local, model: longer }]
pairs: { clean: {} }
`

/** What Node runs before the command: at its end the process says how much memory it had at most. */
const PRINT_PEAK = `process.on('exit', () => console.error('peak', process.resourceUsage().maxRSS, 'KB'))\n`

const COMMAND = fileURLToPath(new URL('../../packages/judgelab/bin/judgelab.js', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'judgelab-pairs-'))
try {
  await makeProject(Number(count) / 4 + TEST_EXAMPLES)
  const peaks = formats.map(run)
  const within = Math.max(...peaks) <= LIMIT_MB
  console.log(within ? 'within the limit' : 'OVER THE LIMIT')
  process.exitCode = within ? 0 : 1
} finally {
  rmSync(root, { recursive: true, force: true })
}

/** A project with one study over a file of examples. */
async function makeProject(examples) {
  for (const folder of ['studies', 'data']) mkdirSync(join(root, folder))
  writeFileSync(join(root, 'studies', 'million.yaml'), STUDY)
  writeFileSync(join(root, 'peak.mjs'), PRINT_PEAK)
  const file = createWriteStream(join(root, 'data', 'examples.jsonl'))
  for (const { id, subset, prompt, responses } of inventedExamples(examples)) {
    const [chosen, ...rejected] = responses.map(({ text }) => text)
    const line = `${JSON.stringify({ id, subset, prompt, chosen: [chosen], rejected })}\n`
    if (!file.write(line)) await new Promise((resolve) => file.once('drain', resolve))
  }
  file.end()
  await finished(file)
}

/** @returns the peak memory in MB */
function run(format) {
  const started = performance.now()
  const out = join(root, format)
  const argv = [
    '--import',
    join(root, 'peak.mjs'),
    COMMAND,
    'pairs',
    'million',
    '--export',
    format,
    '--out',
    out,
    '--json',
  ]
  const child = spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8', maxBuffer: 1e9 })
  if (child.status !== 0) throw new Error(child.stderr)
  const { card, files } = JSON.parse(child.stdout)
  const peakMb = (Number(/peak (\d+) KB\n/.exec(child.stderr)?.[1]) * 1024) / 1e6
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const rows = files.reduce((sum, file) => sum + file.rows, 0)
  const seconds = (performance.now() - started) / 1000
  console.log(
    `${format}: ${card.summary.pairs} pairs built and written, ${rows} rows exported, ${(bytes / 1e6).toFixed(0)} MB, in ${seconds.toFixed(0)} s, peak ${peakMb.toFixed(0)} MB (limit ${LIMIT_MB} MB)`,
  )
  rmSync(out, { recursive: true })
  return peakMb
}
