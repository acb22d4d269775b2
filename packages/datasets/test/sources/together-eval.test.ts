import { type Example, presentationOf, toJsonl } from '@judgelab/core'
import { benchmarkOf, loadRecordedAnswers, type RecordedAnswers } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { temporaryFolders, write } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()

function example(id: string, prompt: string, texts: readonly string[], chosen: number[]): Example {
  return { v: 1, id, subset: 's', prompt, responses: texts.map((text) => ({ text })), chosen, metadata: {} }
}

const BENCHMARK = benchmarkOf({
  name: 'made',
  synthetic: true,
  about: 'Made.',
  examples: [
    example('e0', 'Which?', ['right', 'wrong', 'worse'], [0]),
    example('e1', 'And now?', ['bad', 'good'], [1]),
    example('e2', 'And then?', ['bad', 'good'], [1]),
  ],
})

const ROW = {
  prompt: 'Which?',
  response_a: 'right',
  response_b: 'wrong',
  choice_original: 'A',
  judge_feedback_original: 'A is right.',
  judge_raw_output_original: '{"choice": "A"}',
  choice_flipped: 'A',
  judge_feedback_flipped: 'B is right.',
  judge_raw_output_flipped: '{"choice": "B"}',
  final_decision: 'A',
  is_incomplete: false,
  evaluation_successful: true,
}

function load(rows: readonly object[], name = 'result.jsonl', text = toJsonl(rows)): Promise<RecordedAnswers> {
  const path = write(text, newFolder(), name)
  return loadRecordedAnswers({ format: 'together-eval', path, model: 'any', benchmark: BENCHMARK })
}

function idOf(exampleId: string, slots: readonly number[]): string {
  return presentationOf({ exampleId, mode: 'pairwise', slots, repeat: 0 }).id
}

describe('loadTogetherEval', () => {
  it('reads both passes; the flipped one is already in original terms', async () => {
    const answers = await load([ROW])
    expect([...answers]).toEqual([
      [idOf('e0', [0, 1]), { outcome: { kind: 'choice', slot: 0 }, raw: '{"choice": "A"}' }],
      // A again, which stood second when B was shown first.
      [idOf('e0', [1, 0]), { outcome: { kind: 'choice', slot: 1 }, raw: '{"choice": "B"}' }],
    ])
  })

  it('finds the responses wherever they stand in the example', async () => {
    const answers = await load([
      { ...ROW, response_a: 'worse', response_b: 'right', choice_original: 'B', choice_flipped: 'Tie' },
    ])
    expect([...answers].map(([id, { outcome }]) => [id, outcome])).toEqual([
      [idOf('e0', [2, 0]), { kind: 'choice', slot: 1 }],
      [idOf('e0', [0, 2]), { kind: 'choice', slot: 'tie' }],
    ])
  })

  it('keeps an unreadable pass and a failed row apart', async () => {
    const { choice_flipped: _, ...withoutFlipped } = ROW
    const answers = await load([
      { ...withoutFlipped, is_invalid_judge_output: true },
      {
        ...ROW,
        id: 'e1',
        response_a: 'good',
        response_b: 'bad',
        choice_original: null,
        choice_flipped: '',
        evaluation_successful: false,
      },
    ])
    expect([...answers.values()].map(({ outcome }) => outcome)).toEqual([
      { kind: 'choice', slot: 0 },
      { kind: 'failed', reason: 'unparsed' },
      { kind: 'failed', reason: 'error' },
      { kind: 'failed', reason: 'error' },
    ])
  })

  it('goes by id where there is one, and by prompt where two examples have the same responses', async () => {
    const responses = { chosen: 'good', rejected: 'bad', response_a: undefined, response_b: undefined }
    const byId = await load([{ ...ROW, ...responses, id: 'e2', prompt: 'reworded' }])
    expect([...byId.keys()]).toEqual([idOf('e2', [1, 0]), idOf('e2', [0, 1])])
    const byPrompt = await load([{ ...ROW, ...responses, prompt: 'And then?' }])
    expect([...byPrompt.keys()]).toEqual([...byId.keys()])
    await expect(load([{ ...ROW, ...responses, prompt: 'reworded' }])).rejects.toThrow('found "good"')
  })

  it('reads CSV', async () => {
    const text =
      'id,response_a,response_b,choice_original,choice_flipped,evaluation_successful\ne0,right,wrong,A,,True\n'
    const answers = await load([], 'result.csv', text)
    expect([...answers.values()].map(({ outcome }) => outcome.kind)).toEqual(['choice', 'failed'])
  })

  it.each([
    [
      'responses of no example',
      { ...ROW, response_a: 'unheard of' },
      'result.jsonl:1: expected responses of an example of the benchmark in response_a and response_b, found "unheard of"',
    ],
    [
      'no response columns',
      { id: 'e0', choice_original: 'A' },
      'expected the columns of the two responses (response_a and response_b',
    ],
    [
      'no choices',
      { id: 'e0', response_a: 'right', response_b: 'wrong' },
      'choice_original: expected choice_original and choice_flipped, found nothing',
    ],
  ])('refuses a row with %s', async (_, row, message) => {
    await expect(load([row])).rejects.toThrow(message)
  })

  it('refuses a second row about the same responses', async () => {
    await expect(load([ROW, ROW])).rejects.toThrow('result.jsonl:2: expected one judgment for each example and order')
  })
})
