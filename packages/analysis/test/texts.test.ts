import type { Example } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import {
  cueFigures,
  cueTable,
  duplicateFigures,
  duplicateTable,
  overallLengthFigures,
  responseLengths,
  type StudyResults,
} from '../src/index.js'

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

/** Results as far as a table of cues or duplicates reads them. */
function resultsOf(held: readonly Example[], synthetic = true): Pick<StudyResults, 'benchmark' | 'study'> {
  const benchmark = { synthetic, examples: held.length, cues: cueFigures(held), duplicates: duplicateFigures(held) }
  const study = { rehearsed: false } as StudyResults['study']
  return { benchmark: benchmark as unknown as StudyResults['benchmark'], study }
}

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
  const { rows } = cueTable(resultsOf(examples))
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
    expect(cueTable(resultsOf([])).rows.map(({ all }) => all)).toEqual([null, null, null, null, null])
  })
})

describe('overallLengthFigures', () => {
  it('takes each role over all subsets', () => {
    // Chosen: 3 and 1 words; rejected: 2 and 1.
    expect(overallLengthFigures(examples)).toEqual([
      { role: 'chosen', responses: 2, meanWords: 2, meanCharacters: 10.5, medianWords: 2, longestWords: 3 },
      { role: 'rejected', responses: 2, meanWords: 1.5, meanCharacters: 6.5, medianWords: 1.5, longestWords: 2 },
    ])
  })
})

describe('duplicateFigures', () => {
  const nine = 'one two three four five six seven eight nine'
  const made = (prompt: string, ...responses: string[]): Example => ({
    v: 1,
    id: prompt,
    subset: 'a',
    prompt,
    responses: responses.map((text) => ({ text })),
    chosen: [0],
    metadata: {},
  })
  const repeated = [
    made(nine, nine, 'no'),
    made(nine.toUpperCase(), `${nine}.`, 'no'), // the same prompt; the full stop makes another response
    made('one two three four five six seven', nine, 'no'), // 3 of 5 5-grams: nearly the first prompt
    made('another question', 'no', 'no'),
    made('', nine, 'yes'),
    made('  ', nine, 'yes'), // blank prompts repeat nothing
  ]

  it('counts what repeats an earlier one, and not its first appearance', () => {
    expect(duplicateFigures(repeated)).toEqual({
      prompts: { count: 6, exact: 1, near: 1, threshold: 0.6 },
      responses: { count: 5, exact: 3 },
      identicalSides: 1,
    })
    expect(duplicateTable(resultsOf(repeated)).rows.map(({ found, of }) => [found, of])).toEqual([
      [1, 6],
      [1, 6],
      [3, 5],
      [1, 6],
    ])
  })

  it('finds nothing in nothing', () => {
    expect(duplicateFigures([]).prompts).toEqual({ count: 0, exact: 0, near: 0, threshold: 0.6 })
  })
})

it('calls synthetic data synthetic, and no others', () => {
  for (const table of [cueTable, duplicateTable]) {
    expect(table(resultsOf(examples)).caption).toMatch(/ Synthetic benchmark\.$/)
    expect(table(resultsOf(examples, false)).caption).not.toMatch(/synthetic/i)
  }
})
