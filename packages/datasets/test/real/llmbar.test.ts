import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Example, Outcome } from '@judgelab/core'
import { loadLlmbar, loadLlmbarVerdicts } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const FOLDER = resolve(ROOT, process.env.JUDGELAB_LLMBAR ?? '../shared/data/llmbar')
const isThere = existsSync(join(FOLDER, 'items.jsonl'))
const told = isThere ? '' : ' (skipped: the data are not there; name their folder in JUDGELAB_LLMBAR)'
if (!isThere) process.stderr.write(`llmbar.test.ts${told}\n`)

const SIZES = {
  Natural: 100,
  'Adversarial/Neighbor': 134,
  'Adversarial/GPTInst': 92,
  'Adversarial/GPTOut': 47,
  'Adversarial/Manual': 46,
}

describe.skipIf(!isThere)(`the real LLMBar data${told}`, () => {
  it('has 419 items in five subsets, each with one label of two', async () => {
    const { examples } = await loadLlmbar(FOLDER)
    expect(examples).toHaveLength(419)
    expect(sizesOf(examples)).toEqual(SIZES)
    expect(new Set(examples.map(({ chosen, responses }) => `${chosen.length} of ${responses.length}`))).toEqual(
      new Set(['1 of 2']),
    )
  })

  it('has two verdicts an item for every judge: 838 lines', async () => {
    const { examples } = await loadLlmbar(FOLDER)
    const files = readdirSync(join(FOLDER, 'verdicts'))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const answers = await loadLlmbarVerdicts(join(FOLDER, 'verdicts', file), file)
      expect(answers.size, file).toBe(838)
      const asked = examples.flatMap(({ id }) => [`${id}|pairwise|0-1#0`, `${id}|pairwise|1-0#0`])
      expect(
        asked.filter((id) => !answers.has(id)),
        file,
      ).toEqual([])
    }
  })

  it('gives identical examples from both layouts', async () => {
    const neutral = await loadLlmbar(FOLDER)
    const original = await loadLlmbar(join(FOLDER, 'original'))
    expect(original.examples).toEqual(neutral.examples)
    expect(original.fingerprint).toBe(neutral.fingerprint)
  })

  it('gives identical answers of GPT-4 Vanilla from both layouts', async () => {
    const neutral = await loadLlmbarVerdicts(join(FOLDER, 'verdicts', 'GPT-4__Vanilla.jsonl'), 'GPT-4/Vanilla')
    const original = await loadLlmbarVerdicts(join(FOLDER, 'original'), 'GPT-4/Vanilla')
    const answers = (held: typeof neutral): (readonly [string, Outcome, string | undefined])[] =>
      [...held].map(([id, { outcome, raw }]) => [id, outcome, raw] as const).sort(([a], [b]) => (a < b ? -1 : 1))
    expect(answers(original)).toEqual(answers(neutral))
    expect(original.size).toBe(838)
    expect(await loadLlmbarVerdicts(FOLDER, 'GPT-4/Vanilla')).toEqual(neutral)
  })
})

function sizesOf(examples: readonly Example[]): Record<string, number> {
  const sizes: Record<string, number> = {}
  for (const { subset } of examples) sizes[subset] = (sizes[subset] ?? 0) + 1
  return sizes
}
