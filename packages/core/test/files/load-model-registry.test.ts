import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DatasetFormatError, loadModelRegistry, type ModelEntry, projectAt } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { temporaryFolders } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()
const project = projectAt(fileURLToPath(new URL('../../../../', import.meta.url)))

interface PublishedJudge {
  readonly name: string
  readonly model: string
  readonly provider: string
  readonly inputPerMillion: number
  readonly outputPerMillion: number
  readonly tokensPerSecond: number
  readonly publishedCostRatio: number | null
}

const published = JSON.parse(readFileSync(join(project.data, 'published', 'together-2026-02.json'), 'utf8')) as {
  readonly judges: readonly PublishedJudge[]
  readonly costBlend: { readonly inputTokens: number; readonly outputTokens: number }
}

describe('loadModelRegistry', () => {
  it('knows the four judges of the published experiment, with its prices and speeds', async () => {
    const models = await publishedModels()
    const told = published.judges.map((judge) => ({
      name: judge.model,
      label: judge.name,
      provider: judge.provider,
      input: judge.inputPerMillion,
      output: judge.outputPerMillion,
      speed: judge.tokensPerSecond,
    }))
    expect(told).toHaveLength(4)
    expect(
      models.map(({ name, label, provider, prices, speed }) => ({
        name,
        label,
        provider,
        input: prices.input?.value,
        output: prices.output?.value,
        speed: speed?.value,
      })),
    ).toEqual(told)
  })

  it('dates their prices and speeds by the article, and names a source for each figure', async () => {
    for (const { prices, speed } of await publishedModels())
      expect([prices.input, prices.output, speed].map((figure) => figure?.date)).toEqual(Array(3).fill('2026-02-02'))
    const { models } = await loadModelRegistry(project)
    for (const { prices, speed, context, thinking, efforts, refuses } of models) {
      for (const figure of [...Object.values(prices), speed, efforts, refuses])
        if (figure !== undefined) expect(figure.source).toMatch(/https:|^Together AI, /)
      for (const figure of [context, thinking]) if (figure !== undefined) expect(figure.source).toMatch(/^https:/)
    }
  })

  it('gives the published cost ratios to the printed digit, blended 9 input tokens to 1 output token', async () => {
    // GPT-5.2: 9 * 1.75 + 14 = 29.75; gpt-oss: 9 * 0.15 + 0.6 = 1.95; Qwen3: 9 * 0.2 + 0.6 = 2.4; Llama 4: 9 * 0.27 + 0.85 = 3.28
    const models = await publishedModels()
    const [dearest, ...others] = models.map(blendedPrice) as [number, ...number[]]
    expect(others.map((price) => (dearest / price).toFixed(1))).toEqual(['15.3', '12.4', '9.1'])
    expect(published.judges.map((judge) => judge.publishedCostRatio)).toEqual([null, 15.3, 12.4, 9.1])
    expect(published.costBlend).toMatchObject({ inputTokens: 9, outputTokens: 1 })
  })

  it('says which file is missing or malformed', async () => {
    const empty = projectAt(newFolder())
    await expect(loadModelRegistry(empty)).rejects.toThrow(DatasetFormatError)
    await expect(loadModelRegistry(empty)).rejects.toThrow(
      'models.json: expected a model registry, found no readable file',
    )
    mkdirSync(empty.data)
    writeFileSync(join(empty.data, 'models.json'), '{"formatVersion": 1, "models": [{}]}')
    await expect(loadModelRegistry(empty)).rejects.toThrow('models.json: models.0.name: expected a text, found nothing')
  })
})

async function publishedModels(): Promise<readonly ModelEntry[]> {
  const { models } = await loadModelRegistry(project)
  return models.filter(({ name }) => published.judges.some(({ model }) => model === name))
}

/** USD for 9 million input tokens and 1 million output tokens. */
function blendedPrice({ prices }: ModelEntry): number {
  return 9 * (prices.input?.value as number) + (prices.output?.value as number)
}
