/**
 * CPU time of one judging call, against the openai SDK on its default fetch and against a bare undici loop, each in a process
 * of its own, on a local server that answers at once.
 *
 *   node bench/providers/call-cpu.bench.mjs [calls] [concurrency]      4,000 and 64 by default
 *
 * Every loop fills a template with two responses of 1.5 kB, asks, and reads the verdict. Ours is compose, send and read of
 * createServiceJudge. Asked for: at most half of the SDK loop's CPU. Each is run five times in turn; the medians count.
 */
import { fork, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const MOST_SHARE = 0.5
const ROUNDS = 5
const WARM_UP = 500
const RESPONSES = ['It is four, and here is why. '.repeat(52), 'Five, as everybody knows by now. '.repeat(46)]

const bodyOf = (at) => ({
  model: 'gpt-4.1',
  temperature: 0,
  max_completion_tokens: 2048,
  messages: [
    {
      role: 'user',
      content: `Which response to "What is ${at} and 2?" is better?\n\nResponse A:\n${RESPONSES[0]}\n\nResponse B:\n${RESPONSES[1]}\n\nEnd with one line: Verdict: A | B | tie`,
    },
  ],
})
const slotOf = (reply) => ['A', 'B'].indexOf(/Verdict: ([AB])$/.exec(reply.choices[0].message.content)[1])

const LOOPS = {
  'undici, bare': async (origin) => {
    const { Pool } = await import('undici')
    const pool = new Pool(origin, { connections: 64, pipelining: 1 })
    const headers = { 'content-type': 'application/json', authorization: 'Bearer none' }
    return async (at) => {
      const asked = { path: '/v1/chat/completions', method: 'POST', headers, body: JSON.stringify(bodyOf(at)) }
      return slotOf(await (await pool.request(asked)).body.json())
    }
  },
  'openai SDK, default fetch': async (origin) => {
    const { default: OpenAI } = await import('openai')
    const client = new OpenAI({ apiKey: 'none', baseURL: `${origin}/v1`, maxRetries: 0 })
    return async (at) => slotOf(await client.chat.completions.create(bodyOf(at)))
  },
  judgelab: async (origin) => {
    const { findProject } = await import('../../packages/core/dist/index.js')
    const { askingOf, createServiceJudge, loadPrompt } = await import('../../packages/judges/dist/index.js')
    const asked = {
      ...{ name: 'judge', label: 'Judge', provider: 'openai', model: 'gpt-4.1', mode: 'pairwise', control: false },
      ...{ settings: { maxTokens: 2048 }, decision: 'label', baseUrl: `${origin}/v1`, limits: {}, engine: 'online' },
      ...{ repeats: 1, consistency: 'majority', repeat: 0 },
    }
    const judge = createServiceJudge({
      asked,
      asking: askingOf(asked),
      prompt: await loadPrompt(findProject(fileURLToPath(new URL('.', import.meta.url))), 'pairwise', 'pairwise'),
      registry: { formatVersion: 1, models: [] },
      env: { OPENAI_API_KEY: 'none' },
    })
    const { signal } = new AbortController()
    return async (at) => {
      const shown = { mode: 'pairwise', prompt: `What is ${at} and 2?`, slots: RESPONSES }
      const { body } = await judge.send(judge.compose(shown, 0), { signal })
      return judge.read(body, shown).outcome.slot
    }
  },
}

const [first, second, name] = process.argv.slice(2)
if (name === undefined) compare(Number(first ?? 4000), Number(second ?? 64))
else await measure(Number(first), Number(second), name)

function compare(calls, concurrency) {
  console.log(
    `${calls.toLocaleString('en')} calls, ${concurrency} at a time, no latency, Node ${process.versions.node}`,
  )
  const names = Object.keys(LOOPS)
  const measured = Object.fromEntries(names.map((loop) => [loop, []]))
  for (let round = 0; round < ROUNDS; round++)
    for (const loop of names) measured[loop].push(child(calls, concurrency, loop))
  const middle = Object.fromEntries(names.map((loop) => [loop, median(measured[loop])]))
  for (const loop of names) {
    const { cpuMs, rate } = middle[loop]
    console.log(
      `${loop.padEnd(32)} ${cpuMs.toFixed(3)} ms CPU a call, ${Math.round(rate).toLocaleString('en')} calls a second`,
    )
  }
  const share = middle.judgelab.cpuMs / middle['openai SDK, default fetch'].cpuMs
  const isMet = share <= MOST_SHARE
  console.log(
    `judgelab takes ${share.toFixed(2)} of the SDK loop's CPU; asked for: at most ${MOST_SHARE}${isMet ? '' : ': NOT MET'}`,
  )
  if (!isMet) process.exitCode = 1
}

function child(calls, concurrency, loop) {
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), String(calls), String(concurrency), loop],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${loop} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout)
}

function median(runs) {
  return runs.toSorted((a, b) => a.cpuMs - b.cpuMs)[Math.floor(runs.length / 2)]
}

async function measure(calls, concurrency, loop) {
  const server = fork(fileURLToPath(new URL('answering-server.mjs', import.meta.url)), ['0'])
  const port = await new Promise((resolve) => server.once('message', resolve))
  const one = await (await LOOPS[loop])(`http://127.0.0.1:${port}`)
  await times(WARM_UP, concurrency, one)
  const before = process.cpuUsage()
  const started = performance.now()
  await times(calls, concurrency, one)
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(before)
  console.log(JSON.stringify({ cpuMs: (user + system) / 1000 / calls, rate: calls / seconds }))
  process.exit()
}

async function times(calls, concurrency, one) {
  let next = 0
  const work = async () => {
    while (next < calls) {
      const slot = await one(next++)
      if (slot !== 0) throw new Error(`expected slot 0, found ${slot}`)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
}
