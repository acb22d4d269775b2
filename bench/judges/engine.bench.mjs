/**
 * The run engine against bare loops and an SDK, each in a process of its own, against one local server.
 *
 *   node bench/judges/engine.bench.mjs [comparisons] [latency in ms] [peer …]
 *
 * 20,000 comparisons once each at 50 ms and concurrency 64 by default, process start to exit. judgelab checks, logs, caches,
 * keeps a budget and can resume; the others only ask and read the verdict. Asked for at 50 ms: at least 97 % of the bare undici
 * loop's rate, and at most half of the SDK's CPU a judgment; at 0 ms: more judgments a second than the SDK.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PEERS = ['undici', 'node-http', 'fetch', 'openai-sdk', 'judgelab']
const CONCURRENCY = 64
const [count = 20_000, latencyMs, ...peers] = process.argv
  .slice(2)
  .map((text) => (Number.isNaN(Number(text)) ? text : Number(text)))

if (latencyMs === undefined) for (const each of [50, 0]) await compare(each)
else await compare(latencyMs)

async function compare(latency) {
  const server = spawn(process.execPath, [path('server.mjs'), String(latency)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [port] = await once(server.stdout, 'data')
  const ideal = latency === 0 ? undefined : (count * latency) / CONCURRENCY / 1000
  console.log(
    `${count.toLocaleString('en')} comparisons, ${latency} ms, ${CONCURRENCY} at once, Node ${process.versions.node}${ideal === undefined ? '' : `; the limit is ${ideal.toFixed(2)} s`}`,
  )
  const measured = {}
  for (const peer of peers.length > 0 ? peers : PEERS) {
    measured[peer] = await run(peer, `http://127.0.0.1:${String(port).trim()}`)
    console.log(line(peer, measured[peer], ideal))
  }
  server.kill()
  judge(measured, latency)
}

async function run(peer, url) {
  const folder = mkdtempSync(join(tmpdir(), 'judgelab-bench-'))
  const started = performance.now()
  const child = spawn(process.execPath, [path(`peers/${peer}.mjs`), url, String(count), String(CONCURRENCY), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
  const seconds = (performance.now() - started) / 1000
  if (code !== 0) throw new Error(`${peer} ended with ${code}`)
  if (peer === 'judgelab') await requireWholeLog(folder)
  rmSync(folder, { recursive: true })
  return { seconds, ...JSON.parse(said) }
}

/** Every comparison has its line in the log of the one run. */
async function requireWholeLog(folder) {
  const [run] = readdirSync(join(folder, 'runs'))
  let lines = 0
  for await (const chunk of createReadStream(join(folder, 'runs', run, 'judgments.jsonl')))
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++
  if (lines !== count) throw new Error(`${lines} judgments of ${count}`)
}

function line(peer, { seconds, cpuMs, peakMb }, ideal) {
  const share = ideal === undefined ? '' : `  ${((100 * ideal) / seconds).toFixed(1)} % of the limit`
  return `${peer.padEnd(11)} ${seconds.toFixed(2).padStart(7)} s  ${Math.round(count / seconds)
    .toLocaleString('en')
    .padStart(7)} a second  ${(cpuMs / count).toFixed(3)} ms CPU each  peak ${peakMb.toFixed(0)} MB${share}`
}

function judge({ undici, 'openai-sdk': sdk, judgelab }, latency) {
  if (judgelab === undefined) return
  const checks = []
  if (latency > 0 && undici !== undefined)
    checks.push([
      `rate ${(undici.seconds / judgelab.seconds).toFixed(3)} of bare undici's`,
      undici.seconds / judgelab.seconds >= 0.97,
      'at least 0.97',
    ])
  if (latency > 0 && sdk !== undefined)
    checks.push([
      `CPU ${(judgelab.cpuMs / sdk.cpuMs).toFixed(2)} of the SDK's`,
      judgelab.cpuMs / sdk.cpuMs <= 0.5,
      'at most 0.5',
    ])
  if (latency === 0 && sdk !== undefined)
    checks.push([
      `rate ${(sdk.seconds / judgelab.seconds).toFixed(2)} of the SDK's`,
      judgelab.seconds < sdk.seconds,
      'above 1',
    ])
  for (const [said, holds, asked] of checks) {
    console.log(`${said} (asked: ${asked})`)
    if (!holds) process.exitCode = 1
  }
}

function path(name) {
  return fileURLToPath(new URL(name, import.meta.url))
}
