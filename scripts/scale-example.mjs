/**
 * Prints the worked example of docs/scale.md, as Markdown: a million comparisons in both orders, on GPUs of one's own with
 * vLLM, and by an API online and in batches. Tokens and bytes are counted on the built-in benchmark with the judging prompt
 * as it is, prices are the model registry's, and what nobody here measured is an assumption that an option replaces:
 *
 *   node scripts/scale-example.mjs [--comparisons 1000000] [--answer-tokens 1400] [--gpus 8] [--tokens-per-second 5000]
 *     [--gpu-hour-usd 3]
 *
 * `--write` puts it into the page; `--check` exits with 1 where the page holds anything else.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from './build.mjs'

const OPTIONS = { comparisons: 1_000_000, gpus: 8, 'tokens-per-second': 5000, 'gpu-hour-usd': 3 }
const PAGE = fileURLToPath(new URL('../docs/scale.md', import.meta.url))
const [BEGIN, END] = ['<!-- printed by scripts/scale-example.mjs -->', '<!-- end of what it printed -->']
/** Asked of the same questions; the first also on machines of one's own. */
const MODELS = [
  { provider: 'together', model: 'openai/gpt-oss-120b' },
  { provider: 'openai', model: 'gpt-5.2' },
]

const { values } = parseArgs({
  options: {
    ...Object.fromEntries(Object.keys(OPTIONS).map((name) => [name, { type: 'string' }])),
    'answer-tokens': { type: 'string' },
    check: { type: 'boolean' },
    write: { type: 'boolean' },
  },
})
if (build() !== 0) process.exit(1)
const core = await import('../packages/core/dist/index.js')
const { loadBenchmark } = await import('../packages/datasets/dist/index.js')
const judges = await import('../packages/judges/dist/index.js')

const text = exampleText(await countedExample(), asked())
if (values.check || values.write) hold(text)
else process.stdout.write(text)

/** What the reader assumes, each a number above 0. */
function asked() {
  const entries = Object.entries(OPTIONS).map(([name, assumed]) => [name, positive(name, values[name] ?? assumed)])
  return Object.fromEntries(entries)
}

function positive(name, given) {
  const value = Number(given)
  if (value > 0 && Number.isFinite(value)) return value
  console.error(`--${name}: expected a number above 0, found "${given}"`)
  process.exit(2)
}

/** Holds the page against the text, or puts it there. */
function hold(printed) {
  const page = readFileSync(PAGE, 'utf8')
  const [from, to] = [page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)]
  const expected = `${page.slice(0, from)}\n\n${printed}\n${page.slice(to)}`
  if (values.write) return writeFileSync(PAGE, expected)
  if (page === expected) return console.log('ok     docs/scale.md holds what this prints')
  console.error(
    'FAILED docs/scale.md does not hold what this prints: node scripts/scale-example.mjs --write puts it there',
  )
  process.exitCode = 1
}

/** Tokens and bytes of one call, whole numbers, and the prices of each model. */
async function countedExample() {
  const project = core.findProject(fileURLToPath(new URL('.', import.meta.url)))
  const registry = await core.loadModelRegistry(project)
  const { examples } = await loadBenchmark({ source: 'builtin' }, project)
  const byId = new Map(examples.map((example) => [example.id, example]))
  const presentations = judges.presentComparisons(
    examples.flatMap((example) => core.allComparisons(example)),
    { mode: 'pairwise', orders: 'both' },
  )
  const show = (presentation) => judges.show(presentation, byId.get(presentation.exampleId))
  const made = await Promise.all(MODELS.map((fields) => judgeOf(fields, project, registry)))
  const [{ judge, isThinking }] = made
  const tokenizer = await core.tokenizerFor(judge.spec.model)
  const estimate = judges.estimateJudge({
    judge,
    presentations,
    show,
    tokenizer,
    isThinking,
    countAtMost: presentations.length,
  })
  const bytes = judges.meanLineBytes(
    presentations.map((presentation) => judge.compose(show(presentation), 0)),
    judge.service,
    judges.VLLM_TERMS,
  )
  return {
    presentations: presentations.length,
    family: estimate.inputTokens.family,
    input: Math.round(estimate.inputTokens.total / estimate.calls),
    output: positive('answer-tokens', values['answer-tokens'] ?? estimate.outputTokens.perCall),
    bytes: Math.round(bytes),
    priced: made.map(({ judge: { spec, prices } }) => ({ ...spec, prices })),
  }
}

/** A judge asked for a label, with the prompt of its mode; no key is needed for what is never sent. */
async function judgeOf({ provider, model }, project, registry) {
  const asked = core
    .parseStudy(studyText(provider, model), 'scale-example.yaml')
    .judges.find(({ name }) => name === 'asked')
  const abilities = judges.modelAbilities(registry, asked)
  const prompt = await judges.loadPrompt(project, judges.defaultPromptName(asked.mode, asked.decision), asked.mode)
  const asking = judges.askingOf(asked, abilities, prompt)
  const env = { OPENAI_API_KEY: 'none', TOGETHER_API_KEY: 'none' }
  return {
    judge: judges.createServiceJudge({ asked, prompt, asking, registry, env }),
    isThinking: abilities.isThinking,
  }
}

function studyText(provider, model) {
  return `version: 1
name: scale-example
title: The worked example of docs/scale.md
question: What does it take?
benchmark: { source: builtin }
split: { method: none }
evaluation: { side: all }
judges:
  - { name: asked, provider: ${provider}, model: ${model}, decision: label }
`
}

function exampleText(counted, assumed) {
  const { presentations, family, input, output, bytes } = counted
  const { comparisons, gpus, 'tokens-per-second': perSecond, 'gpu-hour-usd': usdAnHour } = assumed
  const calls = 2 * comparisons
  const perCall = input + output
  const tokens = calls * perCall
  const limits = judges.VLLM_TERMS.limits
  const { files } = judges.filesAndRounds({
    requests: calls,
    bytes: calls * bytes,
    terms: judges.VLLM_TERMS,
    mostOut: Number.POSITIVE_INFINITY,
  })
  const inFile = Math.min(calls, limits.requests)
  const seconds = tokens / (perSecond * gpus)
  const gpuHours = (seconds * gpus) / 3600
  const own = gpuHours * usdAnHour
  const rows = [
    ['calls', `${count(comparisons)} comparisons × 2 orders`, count(calls)],
    [
      'input tokens a call',
      `counted: mean of the built-in benchmark’s ${count(presentations)} presentations, ${family}`,
      count(input),
    ],
    ['output tokens a call', '**assumed**: a label’s answer, and reasoning at medium effort', count(output)],
    ['tokens', `${count(calls)} × (${count(input)} + ${count(output)})`, count(tokens)],
    ['bytes a request', 'counted: mean line of the same presentations', count(bytes)],
    ['files', `${count(calls)} / ${count(limits.requests)}, rounded up`, count(files)],
    ['bytes a file', `${count(inFile)} × ${count(bytes)}`, `${count((inFile * bytes) / 1e6)} MB`],
    ['bytes in all', `${count(calls)} × ${count(bytes)}`, `${((calls * bytes) / 1e9).toFixed(1)} GB`],
    ['tokens a second and GPU', '**assumed**, input and output together', count(perSecond)],
    ['time', `${count(tokens)} / (${count(perSecond)} × ${gpus} GPUs) = ${count(seconds)} s`, hours(seconds)],
    ['requests a second and GPU', `${count(perSecond)} / ${count(perCall)}`, (perSecond / perCall).toFixed(2)],
    [
      'a file on one GPU',
      `${count(inFile)} × ${count(perCall)} / ${count(perSecond)} = ${count((inFile * perCall) / perSecond)} s`,
      hours((inFile * perCall) / perSecond),
    ],
    ['USD a GPU-hour', '**assumed**', usdAnHour.toFixed(2)],
    ['cost', `${gpuHours.toFixed(1)} GPU-hours × ${usdAnHour.toFixed(2)} USD`, usd(own)],
  ]
  return `${markdownTable(['quantity', 'from', 'figure'], rows, ['---', '---', '---:'])}
${apiText(counted, { calls, own, perSecond })}`
}

/** The same tokens at each API, and the speed at which one's own machines cost as much. */
function apiText({ input, output, bytes, priced }, { calls, own, perSecond }) {
  const rows = priced.map(({ provider, model, prices }) => {
    const online = core.costUsd({ inputTokens: calls * input, outputTokens: calls * output }, prices)
    const terms = provider === 'together' ? judges.TOGETHER_TERMS : judges.OPENAI_TERMS
    const { files, rounds } = judges.filesAndRounds({ requests: calls, bytes: calls * bytes, terms })
    const batch = online * prices.batchShare
    const window = terms.isBestEffort
      ? `${rounds * terms.windowHours} h at best`
      : `within ${rounds * terms.windowHours} h`
    return [
      `${model}, ${provider}`,
      `${count(calls)} × (${count(input)} × ${prices.input} + ${count(output)} × ${prices.output}) / 1,000,000`,
      usd(online),
      `× ${prices.batchShare} = ${usd(batch)}`,
      `${files} files, ${rounds === 1 ? '1 round' : `${rounds} rounds`}: ${window}, ${rounds * terms.patienceHours} h at most`,
      `${count((perSecond * own) / batch)} tokens/s`,
    ]
  })
  const sources = priced.map(({ model, prices }) => `${model}: ${prices.source}`).join('; ')
  const heads = ['the same tokens at', 'online', 'USD', 'by batch', 'batches', 'own GPUs cost as much as the batch at']
  return `${markdownTable(heads, rows, ['---', '---', '---:', '---', '---', '---:'])}
Prices: data/models.json (${sources}).
`
}

function markdownTable(heads, rows, aligned) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return `${[heads, aligned, ...rows].map(line).join('\n')}\n`
}

function count(value) {
  return Math.round(value).toLocaleString('en-US')
}

function usd(value) {
  return `${count(value)} USD`
}

function hours(seconds) {
  return `${(seconds / 3600).toFixed(1)} h`
}
