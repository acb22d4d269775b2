import { type Example, parsePreferencePair } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { pairsFromResponses } from '../src/index.js'

const example: Example = {
  v: 1,
  id: 'e1',
  subset: 'Math',
  prompt: 'What is 2 + 2?',
  responses: [{ text: '5' }, { text: '4' }, { text: 'four' }, { text: '22' }],
  chosen: [1, 2],
  metadata: {},
}

describe('pairsFromResponses', () => {
  it('sets every rejected response against the first chosen one, in order', () => {
    const pairs = pairsFromResponses([example])
    expect(pairs).toEqual([
      {
        v: 1,
        id: 'responses:e1:1>0',
        input: [{ role: 'user', content: 'What is 2 + 2?' }],
        preferred: '4',
        nonPreferred: '5',
        origin: { strategy: 'responses', exampleId: 'e1', comparisonId: 'e1:1>0', subset: 'Math' },
      },
      {
        v: 1,
        id: 'responses:e1:1>3',
        input: [{ role: 'user', content: 'What is 2 + 2?' }],
        preferred: '4',
        nonPreferred: '22',
        origin: { strategy: 'responses', exampleId: 'e1', comparisonId: 'e1:1>3', subset: 'Math' },
      },
    ])
  })

  it('keeps a conversation as it is, and the order of the examples', () => {
    const conversation = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ] as const
    const pairs = pairsFromResponses([{ ...example, id: 'e2', prompt: conversation }, example])
    expect(pairs.map(({ id, input }) => [id, input.length])).toEqual([
      ['responses:e2:1>0', 2],
      ['responses:e2:1>3', 2],
      ['responses:e1:1>0', 1],
      ['responses:e1:1>3', 1],
    ])
    expect(pairs[0]?.input).toEqual(conversation)
  })

  it('makes nothing of an example without a rejected response, nor of no examples', () => {
    expect(pairsFromResponses([{ ...example, chosen: [0, 1, 2, 3] }])).toEqual([])
    expect(pairsFromResponses([])).toEqual([])
  })

  it('writes pairs that the validator reads back', () => {
    for (const pair of pairsFromResponses([example]))
      expect(parsePreferencePair(JSON.parse(JSON.stringify(pair)), { file: 'pairs.jsonl' })).toEqual(pair)
  })
})
