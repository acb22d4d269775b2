import { DatasetFormatError } from '@judgelab/core'
import { fromRewardBench2Row } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'

const WHERE = { file: 'rows.jsonl', line: 12 }
const ROW = {
  id: 'tied:3',
  prompt: 'Name a prime below 6.',
  chosen: ['2', '3', '5'],
  rejected: ['4', '1'],
  num_correct: 3,
  num_incorrect: 2,
  subset: 'Ties',
  total_completions: 5,
  models: ['a', 'b', 'c', 'd', 'e'],
}

describe('fromRewardBench2Row', () => {
  it('puts the chosen responses first, in the order of the row, and keeps the other fields as metadata', () => {
    expect(fromRewardBench2Row(ROW, WHERE)).toEqual({
      v: 1,
      id: 'tied:3',
      subset: 'Ties',
      prompt: 'Name a prime below 6.',
      responses: [
        { text: '2', model: 'a' },
        { text: '3', model: 'b' },
        { text: '5', model: 'c' },
        { text: '4', model: 'd' },
        { text: '1', model: 'e' },
      ],
      chosen: [0, 1, 2],
      metadata: { num_correct: 3, num_incorrect: 2, total_completions: 5 },
    })
  })

  it('does without counts and models', () => {
    const { num_correct: _c, num_incorrect: _i, models: _m, ...row } = ROW
    const example = fromRewardBench2Row(row, WHERE)
    expect(example.responses[0]).toEqual({ text: '2' })
    expect(example.metadata).toEqual({ total_completions: 5 })
  })

  it.each([[['a']], ['a'], [[1, 2, 3, 4, 5]]])(
    'keeps models %j in the metadata when they do not name one a response',
    (models) => {
      const example = fromRewardBench2Row({ ...ROW, models }, WHERE)
      expect(example.metadata.models).toEqual(models)
      expect(example.responses[0]).toEqual({ text: '2' })
    },
  )

  it('takes empty texts: a response may be empty', () => {
    expect(fromRewardBench2Row({ ...ROW, rejected: ['', '1'] }, WHERE).responses[3]?.text).toBe('')
  })

  it.each([
    ['num_correct', 2, 'num_correct', 'expected 3, the number of texts, found 2'],
    ['num_correct', '3', 'num_correct', 'expected 3, the number of texts, found "3"'],
    ['num_incorrect', 3, 'num_incorrect', 'expected 2, the number of texts, found 3'],
    ['chosen', [], 'chosen', 'expected a list of at least one text, found []'],
    ['chosen', 'text', 'chosen', 'expected a list of at least one text, found "text"'],
    ['chosen', undefined, 'chosen', 'expected a list of at least one text, found nothing'],
    ['chosen', ['2', null, '5'], 'chosen.1', 'expected a text, found null'],
    ['rejected', [], 'rejected', 'expected a list of at least one text, found []'],
    ['rejected', ['4', { text: '1' }], 'rejected.1', 'expected a text, found {"text":"1"}'],
    ['rejected', undefined, 'rejected', 'expected a list of at least one text, found nothing'],
    ['id', undefined, 'id', 'expected a text, found nothing'],
    ['id', 3, 'id', 'expected a text, found 3'],
    ['prompt', undefined, 'prompt', 'expected a text or a list, found nothing'],
    ['subset', '', 'subset', 'expected a text of length at least 1, found ""'],
  ])('refuses %s = %j with file, line and field', (key, value, field, message) => {
    const failure = failureOf({ ...ROW, [key]: value })
    expect(failure.message).toBe(`rows.jsonl:12: ${field}: ${message}`)
    expect(failure).toMatchObject({ file: 'rows.jsonl', line: 12, field })
  })

  it.each([[null], [[ROW]], ['row']])('refuses %j, which is no object', (row) => {
    expect(failureOf(row).message).toMatch(/^rows\.jsonl:12: expected an object, found/)
  })
})

function failureOf(row: unknown): DatasetFormatError {
  try {
    fromRewardBench2Row(row, WHERE)
  } catch (error) {
    expect(error).toBeInstanceOf(DatasetFormatError)
    return error as DatasetFormatError
  }
  throw new Error('expected an error, found none')
}
