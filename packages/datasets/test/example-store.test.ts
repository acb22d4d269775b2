import { type Example, LONG_TEXTS } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { createExampleStore } from '../src/sources/example-store.js'

function exampleAt(at: number): Example {
  const prompt = `${'é𝒳\n" '.repeat(at % 300)}What is ${at}?`
  const responses = [{ text: `${at}` }, { text: `${at + 1}`, model: 'm' }]
  const metadata = { at, of: [null, { deep: 1.5 }] }
  return { v: 1, id: `e-${at}`, subset: 'Math', prompt, responses, chosen: [0], metadata }
}

describe('createExampleStore', () => {
  const all = Array.from({ length: 2000 }, (_, at) => exampleAt(at))

  it('gives back what it took, from memory and from its file', () => {
    for (const long of [2001, 2000, 1999, 100, 1]) {
      const store = createExampleStore(long)
      all.forEach(store.add)
      const examples = store.list()
      expect([long, examples.length]).toEqual([long, 2000])
      expect(examples.map((example) => example)).toEqual(all)
    }
  })

  it('reads any of them in any order', () => {
    const store = createExampleStore(10)
    all.forEach(store.add)
    const examples = store.list()
    for (const at of [1999, 0, 1000, 999, 1001, 3, 1998]) expect(examples[at]).toEqual(all[at])
    expect(examples[2000]).toBeUndefined()
  })

  it('lies in a file where examples are few and very long', () => {
    const half = { ...exampleAt(1), prompt: 'x'.repeat(LONG_TEXTS / 2) }
    const isInMemory = (...added: readonly Example[]): boolean => {
      const store = createExampleStore()
      added.forEach(store.add)
      return store.list()[0] === added[0]
    }
    expect([isInMemory(half), isInMemory(half, half)]).toEqual([true, false])
  })

  it('is empty at first', () => {
    expect(createExampleStore(1).list()).toEqual([])
  })
})
