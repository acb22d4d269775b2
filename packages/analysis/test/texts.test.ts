import type { Example } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { cueTable, responseLengths } from '../src/index.js'

const examples: Example[] = [
  {
    v: 1,
    id: 'e0',
    subset: 'a',
    prompt: 'Name two rivers.',
    responses: [{ text: '- Danube\n- Rhine 2' }, { text: 'Rivers two.' }, { text: 'No' }],
    chosen: [0],
    metadata: {},
  },
  { v: 1, id: 'e1', subset: 'b', prompt: 'p', responses: [{ text: 'yes' }], chosen: [0], metadata: {} },
]

describe('responseLengths', () => {
  it('measures every response, with its role', () => {
    expect(responseLengths(examples).map(({ role, words, characters }) => [role, words, characters])).toEqual([
      ['chosen', 3, 18],
      ['rejected', 2, 11],
      ['rejected', 1, 2],
      ['chosen', 1, 3],
    ])
  })
})

describe('cueTable', () => {
  const { rows } = cueTable(examples)
  it('says how often each cue points to the chosen response; half where it cannot tell', () => {
    expect(Object.fromEntries(rows.map(({ cue, 'subset:a': a }) => [cue, a]))).toEqual({
      longer: 1,
      'more list markers': 1,
      'more words of the prompt': 0.25, // fewer than “Rivers two.”, as many as “No”
      'more digits': 1,
      'more sentences': 0.25,
    })
  })

  it('has no number for a subset without rejected responses, nor for no examples', () => {
    expect(rows.map(({ 'subset:b': b }) => b)).toEqual([null, null, null, null, null])
    expect(cueTable([]).rows.map(({ all }) => all)).toEqual([null, null, null, null, null])
  })
})
