/**
 * How many chat requests a second the emulator takes, in a process of its own, from one bare node:http loop with 64
 * connections: fixed answers (what other benchmarks stand on) and answers by the local judges, every text a new one.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../packages/emulator/bin/emulator.js', import.meta.url))
const CONNECTIONS = 64
const TICKS_A_SECOND = 100

for (const [answer, count] of [
  ['fixed', 30_000],
  ['judge', 3_000],
])
  await measure(answer, count)

async function measure(answer, count) {
  const child = spawn(process.execPath, [BIN, '--json', '--answer', answer], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const { openAiUrl } = await firstLine(child.stdout)
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
    await ask(openAiUrl, agent, 0, Math.ceil(count / 10))
    const before = cpuSeconds(child.pid)
    const began = performance.now()
    await ask(openAiUrl, agent, count, 2 * count)
    const seconds = (performance.now() - began) / 1000
    const cpu =
      before === undefined ? 'unknown' : `${(((cpuSeconds(child.pid) - before) / count) * 1000).toFixed(3)} ms`
    console.log(
      `${answer.padEnd(6)} ${String(count).padStart(6)} requests in ${seconds.toFixed(2)} s: ${Math.round(count / seconds)} a second, ${cpu} of the emulator's CPU each`,
    )
    agent.destroy()
  } finally {
    child.kill()
  }
}

async function firstLine(stream) {
  for await (const line of createInterface({ input: stream })) return JSON.parse(line)
  throw new Error('the emulator said nothing')
}

async function ask(url, agent, from, to) {
  let next = from
  const worker = async () => {
    while (next < to) await post(`${url}/chat/completions`, agent, bodyOf(next++))
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
}

function post(url, agent, body) {
  const headers = {
    authorization: 'Bearer emulator-key',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume()
      response.on('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`))))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function bodyOf(at) {
  const block = (name, text) => `<<<${name} 0f3a9c7d>>>\n${text}\n<<<END ${name} 0f3a9c7d>>>`
  const content = [
    'Which response is better?',
    block('PROMPT', `Question ${at}: ${'why is that so? '.repeat(10)}`),
    block('RESPONSE A', `First answer to ${at}. ${'It is so because of this. '.repeat(25)}`),
    block('RESPONSE B', `Second answer to ${at}. ${'Others say that it is not. '.repeat(25)}`),
    'End with exactly one line: Verdict: A | B | tie',
  ].join('\n\n')
  return JSON.stringify({ model: 'gpt-4.1-2025-04-14', temperature: 0, messages: [{ role: 'user', content }] })
}

/** User and system time of a process, where /proc tells. */
function cpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
  } catch {
    return undefined
  }
}
