import { once } from 'node:events'
import { cpSync, createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(fileURLToPath(import.meta.url), '../../..')
const SUBSETS = ['Factuality', 'Precise IF', 'Math', 'Safety', 'Focus', 'Ties']

/**
 * A project with one study, `million`: so many comparisons from a JSONL file, in both orders, by a judge of engine vllm. A
 * request is about as long as those of the built-in benchmark (docs/scale.md).
 */
export async function inventProject(folder, comparisons) {
  for (const name of ['studies', 'data']) mkdirSync(join(folder, name), { recursive: true })
  cpSync(join(root, 'prompts'), join(folder, 'prompts'), { recursive: true })
  cpSync(join(root, 'data', 'models.json'), join(folder, 'data', 'models.json'))
  writeFileSync(join(folder, 'studies', 'million.yaml'), STUDY)
  const stream = createWriteStream(join(folder, 'data', 'pairs.jsonl'), { highWaterMark: 1 << 20 })
  for (let at = 0; at < comparisons; at++)
    if (!stream.write(`${JSON.stringify(row(at))}\n`)) await once(stream, 'drain')
  stream.end()
  await once(stream, 'finish')
}

function row(at) {
  const [a, b] = [at, (at * 7919) % 1_000_003]
  const sum = `${a} + ${b} = ${a + b}`
  return {
    id: `pair-${at}`,
    subset: SUBSETS[at % SUBSETS.length],
    prompt: `What is ${a} + ${b}? Say how you come to it, and then the sum alone in the last line.`,
    chosen: `I add the ones, then the tens, and carry what is over ten into the next place. ${sum}, and so the answer is\n${a + b}`,
    rejected: `I add the ones, then the tens, and forget what is over ten. ${a} and ${b} make, as far as I can see,\n${a + b + 1 + (at % 9)}`,
  }
}

const STUDY = `version: 1
name: million
title: A million comparisons
question: Are they planned?
benchmark: { source: file, path: data/pairs.jsonl, columns: { id: id, subset: subset, prompt: prompt, chosen: chosen, rejected: rejected } }
split: { method: none }
evaluation: { side: all, orders: both }
judges:
  - { name: own, provider: openai-compatible, model: openai/gpt-oss-120b, decision: label, engine: vllm }
`
