import { describe, expect, it } from 'vitest'
import { createReplayJudge, type Recorded } from '../src/index.js'

const RECORDED: readonly (readonly [string, Recorded])[] = [
  ['a|pairwise|0-1#0', { outcome: { kind: 'choice', slot: 1 }, raw: 'Output (b)' }],
  ['a|pairwise|1-0#0', { outcome: { kind: 'failed', reason: 'unparsed' }, raw: 'Hm.' }],
]
const NAMED = { name: 'gpt-4', model: 'GPT-4/Vanilla', mode: 'pairwise' } as const

describe('a replay judge', () => {
  const judge = createReplayJudge(NAMED, new Map(RECORDED))
  const shown = { mode: 'pairwise', prompt: 'p', slots: ['x', 'y'] } as const

  it('answers with what was recorded, failures too', async () => {
    for (const [presentationId, recorded] of RECORDED)
      expect(await judge.answer({ presentationId, shown })).toEqual(recorded)
  })

  it('fails where nothing was recorded', async () => {
    expect(await judge.answer({ presentationId: 'b|pairwise|0-1#0', shown })).toEqual({
      outcome: { kind: 'failed', reason: 'not-recorded' },
    })
  })

  it('is another judge with other records, and the same one in another order of records', () => {
    const [first, second] = RECORDED as [(typeof RECORDED)[0], (typeof RECORDED)[0]]
    const idOf = (records: readonly (readonly [string, Recorded])[]) => createReplayJudge(NAMED, new Map(records)).id
    expect(idOf([second, first])).toBe(judge.id)
    expect(idOf([first])).not.toBe(judge.id)
    expect(idOf([[first[0], { outcome: { kind: 'choice', slot: 0 } }], second])).not.toBe(judge.id)
  })
})
