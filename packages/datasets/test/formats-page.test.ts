import { readFileSync } from 'node:fs'
import type { SplitFile } from '@judgelab/core'
import { fromRewardBench2Row, toSplitFile } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'

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

  it('shows a split file whose fingerprint is that of its other fields', () => {
    const { fingerprint, ...split } = exampleOf('split') as SplitFile
    expect(toSplitFile(split).fingerprint).toBe(fingerprint)
  })
})
