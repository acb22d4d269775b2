/**
 * CPU time of what a prompt costs: filling in the pairwise prompt with every first comparison of the built-in benchmark, and with
 * long and wide texts, against the SHA-256 of the same texts, which its delimiters need. Asked for: below 0.05 ms on the
 * benchmark's texts. The median of nine rounds counts.
 *
 * Run:  node scripts/build.mjs && node bench/prompts/compose.bench.mjs
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { digestText, projectAt } from '../../packages/core/dist/index.js'
import { askingOf, loadPrompt, messageComposer, readLabel } from '../../packages/judges/dist/index.js'

const LIMIT_MICROSECONDS = 50
const ROUNDS = 9

const root = fileURLToPath(new URL('../../', import.meta.url))
const rows = readFileSync(new URL('../../data/builtin/benchmark.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line))
const shownOf = (prompt, slots) => ({ mode: 'pairwise', subset: 'Math', prompt, slots })
const groups = {
  'built-in benchmark': rows.map(({ prompt, chosen, rejected }) => shownOf(prompt, [chosen[0], rejected[0]])),
  '2 x 1.5 kB of English': Array.from({ length: 500 }, (_, at) =>
    shownOf(`What is ${at} and 2?`, [
      'It is four, and here is why. '.repeat(52),
      'Five, as everybody knows. '.repeat(58),
    ]),
  ),
  '2 x 1,500 Chinese characters': Array.from({ length: 500 }, (_, at) =>
    shownOf(`${at} 加 2 等于多少?`, ['答案是四,理由如下。'.repeat(150), '大家都知道是五。'.repeat(187)]),
  ),
}

const prompt = await loadPrompt(projectAt(root), 'pairwise', 'pairwise')
const asking = askingOf({ name: 'bench', mode: 'pairwise' })
const compose = messageComposer(prompt, asking)

let failed = false
for (const [name, all] of Object.entries(groups)) {
  const composed = microseconds(all, compose)
  const digested = microseconds(all, ({ prompt: text, slots }) => digestText([text, ...slots].join('\u0000')))
  console.log(
    `${name}: composed in ${composed.toFixed(1)} µs, of which SHA-256 alone takes ${digested.toFixed(1)} µs (${all.length} presentations)`,
  )
  if (name === 'built-in benchmark' && composed > LIMIT_MICROSECONDS) failed = true
}
const answers = Array.from({ length: 1000 }, (_, at) => `${'Response A holds. '.repeat(100)}${at}\n\n**Verdict: A**`)
const question = { mode: 'pairwise', asking, slotCount: 2 }
console.log(`an answer of 1.8 kB: read in ${microseconds(answers, (text) => readLabel(text, question)).toFixed(1)} µs`)
if (failed) {
  console.error(`composing took more than ${LIMIT_MICROSECONDS} µs on the built-in benchmark`)
  process.exitCode = 1
}

/** CPU time of one call: the median over the rounds of their means. */
function microseconds(items, call) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.cpuUsage()
    for (const item of items) call(item)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / items.length
  })
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]
}
