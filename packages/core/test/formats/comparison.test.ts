import { allComparisons, comparisonOf, type Example, firstComparison, promptText, rejectedOf } from '@judgelab/core'
import { describe, expect, it } from 'vitest'

function exampleWith(responses: number, chosen: readonly number[]): Example {
  return {
    v: 1,
    id: 'tied:7',
    subset: 'Ties',
    prompt: 'p',
    responses: Array.from({ length: responses }, (_, n) => ({ text: String(n) })),
    chosen,
    metadata: {},
  }
}

describe('comparisons of an example', () => {
  it('first: chosen[0] against rejected[0], wherever they stand', () => {
    expect(firstComparison(exampleWith(4, [2, 3]))).toEqual({
      id: 'tied:7:2>0',
      exampleId: 'tied:7',
      subset: 'Ties',
      chosen: 2,
      rejected: 0,
    })
    expect(firstComparison(exampleWith(4, [0]))?.id).toBe('tied:7:0>1')
  })

  it('all: every chosen against every rejected, in order, each once', () => {
    const ids = allComparisons(exampleWith(5, [1, 3])).map(({ id }) => id)
    expect(ids).toEqual(['tied:7:1>0', 'tied:7:1>2', 'tied:7:1>4', 'tied:7:3>0', 'tied:7:3>2', 'tied:7:3>4'])
  })

  it('begins all of them with the first', () => {
    const example = exampleWith(5, [1, 3])
    expect(allComparisons(example)[0]).toEqual(firstComparison(example))
  })

  it('has none where nothing is rejected', () => {
    expect(firstComparison(exampleWith(2, [0, 1]))).toBeUndefined()
    expect(allComparisons(exampleWith(2, [0, 1]))).toEqual([])
  })

  it('tells the two directions apart', () => {
    const example = exampleWith(2, [0])
    expect(comparisonOf(example, 0, 1).id).not.toBe(comparisonOf(example, 1, 0).id)
  })
})

describe('rejectedOf', () => {
  it('gives what is not chosen, ascending', () => {
    expect(rejectedOf(exampleWith(5, [1, 3]))).toEqual([0, 2, 4])
    expect(rejectedOf(exampleWith(2, [0, 1]))).toEqual([])
  })
})

describe('promptText', () => {
  it('leaves a text as it is and writes a conversation as paragraphs', () => {
    expect(promptText('Why?')).toBe('Why?')
    expect(
      promptText([
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Why?' },
      ]),
    ).toBe('system: Be brief.\n\nuser: Why?')
  })
})
