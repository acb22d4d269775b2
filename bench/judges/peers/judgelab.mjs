import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { findProject, runFolder } from '../../../packages/core/dist/index.js'
import {
  askingOf,
  createBudget,
  createServiceJudge,
  loadPrompt,
  openAnswerCache,
  presentationsDigest,
  presentComparisons,
  runIdOf,
  runJudge,
  show,
} from '../../../packages/judges/dist/index.js'
import { concurrency, count, exampleAt, report, url } from '../examples.mjs'

// As the command does.
setFlagsFromString('--heap-growing-percent=50')
const folder = process.argv[5]
const asked = {
  name: 'bench',
  label: 'bench',
  provider: 'openai-compatible',
  model: 'bench',
  baseUrl: `${url}/v1`,
  mode: 'pairwise',
  settings: { temperature: 0 },
  decision: 'label',
  prices: { input: 1, output: 4 },
  limits: { concurrency },
}
const prompt = await loadPrompt(findProject(import.meta.dirname), 'pairwise', 'pairwise')
const registry = { formatVersion: 1, models: [] }
const judge = createServiceJudge({ asked, prompt, asking: askingOf(asked), registry, env: {} })
const presentations = presentComparisons(
  Array.from({ length: count }, (_, at) => ({
    id: `e${at}:0>1`,
    exampleId: `e${at}`,
    subset: 'all',
    chosen: 0,
    rejected: 1,
  })),
  { mode: 'pairwise', orders: 'first' },
)
const sha256 = presentationsDigest(presentations)
const runId = runIdOf(judge, 'bench', sha256)
const run = runFolder(join(folder, 'runs'), runId)
const cache = await openAnswerCache(join(folder, 'cache'))
const done = await runJudge({
  judge,
  presentations,
  show: (presentation) => show(presentation, exampleAt(Number(presentation.exampleId.slice(1)))),
  run,
  manifest: {
    formatVersion: 1,
    runId,
    study: 'bench',
    judge: { ...judge.spec, id: judge.id, name: judge.name },
    promptSha256: prompt.sha256,
    dataset: { name: 'bench', fingerprint: 'bench', synthetic: true, examples: count },
    split: null,
    prices: judge.prices,
    presentations: { count, sha256 },
    seed: null,
    rehearsed: true,
    software: { node: process.versions.node },
    git: null,
    startedAt: new Date().toISOString(),
  },
  cache,
  budget: createBudget({ maxCost: 1e6 }),
  onProgress: () => undefined,
})
await cache.close()
if (!done.isComplete) throw new Error(JSON.stringify(done))
report([done.asked, 0])
process.exit()
