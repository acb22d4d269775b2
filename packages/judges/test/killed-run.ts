/**
 * A child process of the tests that kill or stop it: runs the small judge over some examples until it is done.
 * Arguments: the folder of runs, the service's URL, the folder of the cache, how many examples.
 */
import { type Clock, openAnswerCache, runJudge, systemClock } from '../src/index.js'
import { runRequest } from './run-request.js'
import { smallJudge } from './small-judge.js'

const [runs = '', url = '', cacheFolder = '', examples = ''] = process.argv.slice(2)
const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort())

/** Retries come after a hundredth of their time. */
const clock: Clock = {
  ...systemClock,
  after: (delayMs, call) => systemClock.after(delayMs < 60_000 ? delayMs / 100 : delayMs, call),
}
const cache = await openAnswerCache(cacheFolder)
const report = await runJudge({
  ...runRequest(runs, { judge: smallJudge(url), examples: Number(examples) }),
  cache,
  clock,
  signal: stop.signal,
  graceMs: 60_000,
})
await cache.close()
process.stdout.write(`${JSON.stringify(report)}\n`)
