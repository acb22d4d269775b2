import { comparisonOf, type Outcome, parsePreferencePair } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import {
  type LabelledPresentation,
  labelledPresentations,
  pairsFromCritiques,
  type SampledJudgment,
  type SampledPresentation,
} from '../src/index.js'
import { madeExample } from './made-examples.js'

/** `A12`: names the first slot in a text of 12 characters; `T`, a tie; `F`, a failure. */
function sampleOf(code: string, repeat: number): SampledJudgment {
  const [kind, length] = [code[0], Number(code.slice(1))]
  const outcome: Outcome =
    kind === 'F'
      ? { kind: 'failed', reason: 'unparsed' }
      : { kind: 'choice', slot: kind === 'T' ? 'tie' : kind === 'A' ? 0 : 1 }
  return { repeat, raw: `${kind} #${repeat} `.padEnd(length, '.'), outcome }
}

function sampledOf(id: string, codes: readonly string[], order = 0): SampledPresentation {
  const example = madeExample(id, 'Math', [4, 5])
  const labelled = labelledPresentations(example, comparisonOf(example, 0, 1))[order] as LabelledPresentation
  return {
    ...labelled,
    input: [{ role: 'user', content: `Judge ${id}.` }],
    judgeId: 'j1',
    samples: codes.map(sampleOf),
  }
}

describe('pairsFromCritiques', () => {
  it('pairs a right judgment with a wrong one, by which slot is right', () => {
    const first = pairsFromCritiques([sampledOf('e', ['A20', 'B22'])])
    expect(first.pairs).toEqual([
      {
        v: 1,
        id: 'critiques:e|pairwise|0-1#0>1',
        input: [{ role: 'user', content: 'Judge e.' }],
        preferred: 'A #0 '.padEnd(20, '.'),
        nonPreferred: 'B #1 '.padEnd(22, '.'),
        origin: expect.objectContaining({
          strategy: 'critiques',
          comparisonId: 'e:0>1',
          presentation: 'e|pairwise|0-1',
          judgeId: 'j1',
          repeats: [0, 1],
        }),
      },
    ])
    const [swapped] = pairsFromCritiques([sampledOf('e', ['A20', 'B22'], 1)]).pairs
    expect(swapped?.preferred).toBe('B #1 '.padEnd(22, '.'))
  })

  it('counts what it leaves out: agreement, ties and failures', () => {
    const { pairs, counts } = pairsFromCritiques([
      sampledOf('all-right', ['A20', 'A30', 'F1']),
      sampledOf('all-wrong', ['B20', 'B30', 'T1']),
      sampledOf('none', ['T1', 'F1']),
      sampledOf('divided', ['A20', 'B30']),
    ])
    expect(pairs.map(({ origin }) => origin.exampleId)).toEqual(['divided'])
    expect(counts).toEqual({
      presentations: 4,
      divided: 1,
      allRight: 1,
      allWrong: 1,
      noneReadable: 1,
      samples: { right: 3, wrong: 3, tie: 2, failed: 2 },
      longerRight: 0,
      shorterRight: 1,
    })
  })

  it('keeps length from being the cue where the samples allow it', () => {
    // The nearest contrast always has the right judgment longer (40 to 35); one with it shorter (40 to 60) is there too.
    const sampled = Array.from({ length: 10 }, (_, at) => sampledOf(`e${at}`, ['A40', 'B35', 'B60']))
    expect(pairsFromCritiques(sampled).counts).toMatchObject({ longerRight: 5, shorterRight: 5 })
    expect(pairsFromCritiques(sampled, { lengths: 'any' }).counts).toMatchObject({ longerRight: 10, shorterRight: 0 })
    const [first] = pairsFromCritiques(sampled).pairs
    expect([first?.preferred.length, first?.nonPreferred.length]).toEqual([40, 35])
  })

  it('uses a judgment once, as many times as asked, and equal texts as one', () => {
    const sampled = [sampledOf('e', ['A20', 'A30', 'B20', 'B30', 'B40'])]
    expect(pairsFromCritiques(sampled, { perPresentation: 2 }).pairs.map(({ origin }) => origin.repeats)).toEqual([
      [0, 2],
      [1, 3],
    ])
    expect(pairsFromCritiques(sampled, { perPresentation: 9 }).pairs).toHaveLength(2)
    const same = sampledOf('e', ['A20', 'B20'])
    const twice = { ...same, samples: [...same.samples, { ...(same.samples[0] as SampledJudgment), repeat: 7 }] }
    expect(pairsFromCritiques([twice], { perPresentation: 9 }).pairs).toHaveLength(1)
    expect(pairsFromCritiques([twice]).counts.samples).toMatchObject({ right: 2, wrong: 1 })
  })

  it('refuses ratings, and writes pairs that the validator reads back', () => {
    const rating: Outcome = { kind: 'rating', value: 7, scale: { min: 1, max: 10 } }
    const rated = { ...sampledOf('e', []), samples: [{ repeat: 0, raw: '7', outcome: rating }] }
    expect(() => pairsFromCritiques([rated])).toThrow('needs choices, got rating of e|pairwise|0-1#0')
    for (const pair of pairsFromCritiques([sampledOf('e', ['A20', 'B22'])]).pairs)
      expect(parsePreferencePair(JSON.parse(JSON.stringify(pair)), { file: 'pairs.jsonl' })).toEqual(pair)
  })
})
