/**
 * `judgelab run` with engine vllm, from 20,000 calls to 2,000,000 (a million comparisons in both orders): the files are
 * written, then answered by nobody in particular (every request gets the same reply), then `judgelab batch collect` reads
 * them. Time, CPU, peak memory, and what a call takes beyond what starting takes, which is measured with 20 calls.
 *
 *   node bench/scale/plan.bench.mjs [calls …]
 *
 * Asked for at 2,000,000: peak memory below 1,000 MB (of 10^6 bytes), and linear: a call takes at most 1.5 times the CPU that
 * it takes at 200,000. Where that is not so, or a request is missing or written twice, it ends with 1.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { inventProject } from './invent-project.mjs'

const TIMES_A_CALL = 1.5
const MOST_MB = 1000
const STARTING = 20
const worker = fileURLToPath(new URL('./plan-worker.mjs', import.meta.url))

/** Of vLLM, to every request. */
const REPLY = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'openai/gpt-oss-120b',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'The first carries what is over ten, the second forgets it.\nVerdict: A' },
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 354, completion_tokens: 57, total_tokens: 411 },
}

const asked = process.argv.slice(2).map(Number)
const measured = []
const starting = await planAndCollect(STARTING)
console.log(
  `starting, measured with ${STARTING} calls: planning ${starting.plan.cpuSeconds.toFixed(1)} s of CPU, collecting ${starting.collect.cpuSeconds.toFixed(1)} s\n`,
)
console.log(row('calls', 'step', 'files', 'MB', 'time', 'CPU', 'µs a call', 'times 200,000', 'peak memory'))
for (const calls of asked.length > 0 ? asked : [20_000, 200_000, 2_000_000]) await measure(calls)
const wrong = measured
  .filter(({ calls }) => calls >= 2_000_000)
  .flatMap(({ calls, step, peakMb, times }) => [
    ...(peakMb > MOST_MB ? [`${step} of ${calls} calls: ${peakMb.toFixed(0)} MB, not ${MOST_MB}`] : []),
    ...(times > TIMES_A_CALL ? [`${step} of ${calls} calls: ${times.toFixed(2)} times, not ${TIMES_A_CALL}`] : []),
  ])
for (const line of wrong) console.error(line)
if (wrong.length > 0) process.exitCode = 1

async function measure(calls) {
  const { plan, collect, files, bytes } = await planAndCollect(calls)
  for (const [step, { seconds, cpuSeconds, peakMb }] of Object.entries({ plan, collect })) {
    const each = (Math.max(0, cpuSeconds - starting[step].cpuSeconds) * 1e6) / calls
    const reference = measured.find((held) => held.calls === 200_000 && held.step === step)
    const times = reference === undefined ? undefined : each / reference.each
    measured.push({ calls, step, peakMb, each, times })
    console.log(
      row(
        calls.toLocaleString('en'),
        step,
        files,
        (bytes / 1e6).toFixed(0),
        `${seconds.toFixed(1)} s`,
        `${cpuSeconds.toFixed(1)} s`,
        each.toFixed(1),
        times?.toFixed(2) ?? '',
        `${peakMb.toFixed(0)} MB`,
      ),
    )
  }
}

/** Both steps, each in a process of its own, in a project of its own. */
async function planAndCollect(calls) {
  const folder = await mkdtemp(join(tmpdir(), 'judgelab-plan-'))
  try {
    await inventProject(folder, calls / 2)
    const plan = await judgelab(folder, 75, 'run', 'million', '--no-report')
    const answered = await answerFiles(join(folder, 'runs'), calls)
    const collect = await judgelab(folder, 0, 'batch', 'collect', 'million')
    if (!collect.stderr.includes(`${calls} taken, ${calls} of ${calls} judged`))
      throw new Error(`not all of ${calls} calls were collected:\n${collect.stderr}`)
    return { plan, collect, ...answered }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function judgelab(folder, expected, ...argv) {
  const started = performance.now()
  const child = spawn(process.execPath, [worker, ...argv], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  await once(child, 'close')
  const seconds = (performance.now() - started) / 1000
  const { code, cpuSeconds, peakMb } = JSON.parse(stdout.trim().split('\n').at(-1) || '{}')
  if (code !== expected) throw new Error(`judgelab ${argv.join(' ')} ended with ${code}, not ${expected}:\n${stderr}`)
  return { seconds, cpuSeconds, peakMb, stderr }
}

/** Writes a result for every request, as `vllm run-batch` does. @throws {Error} if a request is missing or there twice */
async function answerFiles(runs, calls) {
  const [run] = await readdir(runs)
  const jobs = join(runs, run, 'jobs')
  const files = (await readdir(jobs)).filter((name) => /^judgelab-[0-9a-f]+\.jsonl$/.test(name))
  const ids = new Set()
  let bytes = 0
  for (const name of files) {
    const output = createWriteStream(join(jobs, name.replace('.jsonl', '.output.jsonl')), { highWaterMark: 1 << 20 })
    for await (const line of createInterface({ input: createReadStream(join(jobs, name)) })) {
      bytes += Buffer.byteLength(line) + 1
      const { custom_id } = JSON.parse(line)
      ids.add(BigInt(`0x${custom_id.slice(0, 16)}`))
      const response = { status_code: 200, request_id: `req-${ids.size}`, body: REPLY }
      if (!output.write(`${JSON.stringify({ id: `vllm-${ids.size}`, custom_id, response, error: null })}\n`))
        await once(output, 'drain')
    }
    output.end()
    await once(output, 'finish')
  }
  if (ids.size !== calls) throw new Error(`expected ${calls} requests, each once, found ${ids.size}`)
  return { files: files.length, bytes }
}

function row(...cells) {
  const widths = [10, 8, 6, 6, 9, 9, 10, 14, 12]
  return cells
    .map((cell, at) => (at === 1 ? String(cell).padEnd(widths[at]) : String(cell).padStart(widths[at])))
    .join('   ')
}
