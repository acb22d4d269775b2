import { readFileSync } from 'node:fs'
import { fromRewardBench2Row, splitBenchmark } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { madeBenchmark } from './support/made-example.js'

const page = readFileSync(new URL('../../../docs/formats.md', import.meta.url), 'utf8')

function exampleOf(format: string): unknown {
  const text = new RegExp(`^\`\`\`json ${format}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1]
  expect(text).toBeDefined()
  return JSON.parse(text as string)
}

describe('docs/formats.md', () => {
  it('shows a row of the built-in benchmark that is read', () => {
    const example = fromRewardBench2Row(exampleOf('row'), { file: 'docs/formats.md' })
    expect([example.responses.length, example.chosen]).toEqual([4, [0]])
  })

  it('shows a split file with the fields that a split has', () => {
    const split = splitBenchmark(madeBenchmark({ Math: 9 }), {
      method: 'together-2026',
      seed: 42,
      trainSize: 3,
      testSize: 1,
    })
    const shown = exampleOf('split') as typeof split
    expect(Object.keys(shown).toSorted()).toEqual(Object.keys(split).toSorted())
    expect([shown.formatVersion, shown.method]).toEqual([split.formatVersion, split.method])
    expect(shown.dataset).toMatch(/^[0-9a-f]{64}$/)
  })
})
