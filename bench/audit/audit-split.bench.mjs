/**
 * Times the whole audit of 20,000 invented examples (a prompt and four responses each, 100,000 texts) with their preference
 * pairs, in one process, against the limit of 60 s.
 *
 * Run:  node scripts/build.mjs && node bench/audit/audit-split.bench.mjs
 */
import { auditSplit, benchmarkOf, examplesOn, splitBenchmark } from '../../packages/datasets/dist/index.js'
import { groupedSides, pairsFromResponses } from '../../packages/dpo/dist/index.js'
import { inventedTexts } from './invented-texts.mjs'

const LIMIT_SECONDS = 60
const EXAMPLES = 20_000
const RESPONSES = 4

const prompts = inventedTexts({ count: EXAMPLES, meanWords: 60, seed: 1 })
const responses = inventedTexts({ count: EXAMPLES * RESPONSES, meanWords: 150, seed: 2 })
const examples = prompts.map((prompt, at) => ({
  v: 1,
  id: `e${at}`,
  subset: `subset ${at % 5}`,
  prompt,
  responses: responses.slice(at * RESPONSES, (at + 1) * RESPONSES).map((text) => ({ text })),
  chosen: [at % RESPONSES],
  metadata: {},
}))
const benchmark = benchmarkOf({ name: 'invented', synthetic: true, about: 'Invented.', examples })

const start = performance.now()
const split = splitBenchmark(benchmark, { method: 'grouped', seed: 42, share: 0.2 })
const [train, test] = ['train', 'test'].map((side) => examplesOn(side, benchmark, split))
const pairs = groupedSides(pairsFromResponses(train), { seed: 42, validation: 0.1 })
const drawn = (performance.now() - start) / 1000
const report = auditSplit({ train, test, pairs })
const audited = (performance.now() - start) / 1000 - drawn

console.log(
  `split and pairs in ${drawn.toFixed(1)} s; audit of ${EXAMPLES * (RESPONSES + 1)} texts and ${pairs.train.length + pairs.validation.length} pairs in ${audited.toFixed(1)} s (verdict ${report.verdict}); peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
)
const within = drawn + audited <= LIMIT_SECONDS && report.verdict === 'ok'
console.log(within ? 'within the limit' : 'OVER THE LIMIT')
process.exitCode = within ? 0 : 1
