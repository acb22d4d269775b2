/** Scores two logs against each other in a process of its own; prints seconds, peak memory and what came out as JSON. */
import { largeAccuracyTable, largeDifferenceTable, scoreLargeRuns } from '../../packages/analysis/dist/index.js'
import { textTable } from '../../packages/report/dist/index.js'

const [examples, ...logs] = process.argv.slice(2)
const started = performance.now()
const scores = await scoreLargeRuns({
  runs: logs.map((log, at) => ({ name: `run ${at}`, log })),
  examples,
  rule: 'consistent',
  policies: { ties: 'wrong', failures: 'wrong' },
  limits: { threads: 2 },
})
const page = [largeAccuracyTable(scores), largeDifferenceTable(scores)].map((table) => textTable(table)).join('\n')
console.log(
  JSON.stringify({
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    peakMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
    judgments: scores.runs.reduce((sum, { judgments }) => sum + judgments, 0),
    difference: scores.contrasts[0].value,
    pageLength: page.length,
  }),
)
