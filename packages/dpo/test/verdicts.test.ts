import { type PreferencePair, parsePreferencePair } from '@judgelab/core'
import { promptDigest } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import {
  groupedSides,
  pairsFromResponses,
  pairsFromVerdicts,
  sharedPrompts,
  type VerdictOptions,
} from '../src/index.js'
import { madeExample } from './made-examples.js'

const options: VerdictOptions = {
  judgeId: 'j1',
  ask: ({ example, presentation, rightSlot }) => ({
    input: [
      {
        role: 'user',
        content: `${example.prompt}\n${presentation.slots.map((at) => example.responses[at]?.text).join('\n')}`,
      },
    ],
    right: ['[[A]]', '[[B]]'][rightSlot] as string,
    wrong: ['[[B]]', '[[A]]'][rightSlot] as string,
  }),
}

describe('pairsFromVerdicts', () => {
  it('prefers the right label over the wrong one in both orders', () => {
    const example = { ...madeExample('e', 'Math', [4, 4]), chosen: [1] }
    expect(pairsFromVerdicts([example], options)).toEqual([
      {
        v: 1,
        id: 'verdicts:e|pairwise|0-1',
        input: [{ role: 'user', content: 'Question e?\ne-0 \ne-1 ' }],
        preferred: '[[B]]',
        nonPreferred: '[[A]]',
        origin: {
          strategy: 'verdicts',
          exampleId: 'e',
          comparisonId: 'e:1>0',
          subset: 'Math',
          presentation: 'e|pairwise|0-1',
          judgeId: 'j1',
          promptSha256: promptDigest('Question e?'),
        },
      },
      expect.objectContaining({
        id: 'verdicts:e|pairwise|1-0',
        input: [{ role: 'user', content: 'Question e?\ne-1 \ne-0 ' }],
        preferred: '[[A]]',
        nonPreferred: '[[B]]',
      }),
    ])
  })

  it('names every slot right equally often', () => {
    const examples = [0, 1, 2].map((at) => madeExample(`e${at}`, 'Math', [4, 5, 6]))
    const pairs = pairsFromVerdicts(examples, options)
    expect(pairs).toHaveLength(12)
    expect(pairs.filter(({ preferred }) => preferred === '[[A]]')).toHaveLength(6)
    expect(pairsFromVerdicts(examples, { ...options, rejected: 'first' })).toHaveLength(6)
  })

  it('writes pairs that the validator reads back', () => {
    for (const pair of pairsFromVerdicts([madeExample('e', 'Math', [4, 5])], options))
      expect(parsePreferencePair(JSON.parse(JSON.stringify(pair)), { file: 'pairs.jsonl' })).toEqual(pair)
  })

  it('is split with other pairs of the same prompt, under whatever id and strategy', () => {
    const examples = Array.from({ length: 12 }, (_, at) => madeExample(`e${at}`, 'Math', [4, 5], `Question ${at % 6}?`))
    const pairs = [...pairsFromResponses(examples.slice(0, 6)), ...pairsFromVerdicts(examples.slice(6), options)]
    const sides = groupedSides(pairs, { seed: 1, validation: 0.3 })
    expect(sides.validation.length).toBeGreaterThan(0)
    expect(sharedPrompts(sides)).toBe(0)
    const promptOf = (pair: PreferencePair): number => Number(pair.origin.exampleId.slice(1)) % 6
    const trained = new Set(sides.train.map(promptOf))
    expect(sides.validation.map(promptOf).filter((prompt) => trained.has(prompt))).toEqual([])
  })
})
