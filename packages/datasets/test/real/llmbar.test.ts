import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Example, Outcome } from '@judgelab/core'
import { loadLlmbar, loadLlmbarVerdicts } from '@judgelab/datasets'
import { expect, it } from 'vitest'
import { describeReal } from '../support/describe-real.js'

const where = {
  variable: 'JUDGELAB_LLMBAR',
  wanted: 'a folder of LLMBar in both layouts, items.jsonl among it',
  beside: fileURLToPath(new URL('../../../../../shared/data/llmbar', import.meta.url)),
}

const SIZES = {
  Natural: 100,
  'Adversarial/Neighbor': 134,
  'Adversarial/GPTInst': 92,
  'Adversarial/GPTOut': 47,
  'Adversarial/Manual': 46,
}

describeReal('the real LLMBar data', where, (folder) => {
  it('has 419 items in five subsets, each with one label of two', async () => {
    const { examples } = await loadLlmbar(folder)
    expect(examples).toHaveLength(419)
    expect(sizesOf(examples)).toEqual(SIZES)
    expect(new Set(examples.map(({ chosen, responses }) => `${chosen.length} of ${responses.length}`))).toEqual(
      new Set(['1 of 2']),
    )
  })

  it('has two verdicts an item for every judge: 838 lines', async () => {
    const { examples } = await loadLlmbar(folder)
    const files = readdirSync(join(folder, 'verdicts'))
    expect(files.length).toBeGreaterThan(0)
    for (const file of files) {
      const answers = await loadLlmbarVerdicts(join(folder, 'verdicts', file), file)
      expect(answers.size, file).toBe(838)
      const asked = examples.flatMap(({ id }) => [`${id}|pairwise|0-1#0`, `${id}|pairwise|1-0#0`])
      expect(
        asked.filter((id) => !answers.has(id)),
        file,
      ).toEqual([])
    }
  })

  it('gives identical examples from both layouts', async () => {
    const neutral = await loadLlmbar(folder)
    const original = await loadLlmbar(join(folder, 'original'))
    expect(original.examples).toEqual(neutral.examples)
    expect(original.fingerprint).toBe(neutral.fingerprint)
  })

  it('gives identical answers of GPT-4 Vanilla from both layouts', async () => {
    const neutral = await loadLlmbarVerdicts(join(folder, 'verdicts', 'GPT-4__Vanilla.jsonl'), 'GPT-4/Vanilla')
    const original = await loadLlmbarVerdicts(join(folder, 'original'), 'GPT-4/Vanilla')
    const answers = (held: typeof neutral): (readonly [string, Outcome, string | undefined])[] =>
      [...held].map(([id, { outcome, raw }]) => [id, outcome, raw] as const).sort(([a], [b]) => (a < b ? -1 : 1))
    expect(answers(original)).toEqual(answers(neutral))
    expect(original.size).toBe(838)
    expect(await loadLlmbarVerdicts(folder, 'GPT-4/Vanilla')).toEqual(neutral)
  })
})

function sizesOf(examples: readonly Example[]): Record<string, number> {
  const sizes: Record<string, number> = {}
  for (const { subset } of examples) sizes[subset] = (sizes[subset] ?? 0) + 1
  return sizes
}
