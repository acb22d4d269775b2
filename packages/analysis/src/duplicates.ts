import { type Example, finish, promptText, type Steps } from '@judgelab/core'
import { nearDuplicateSteps, normalText, promptKey, wordsOf } from '@judgelab/datasets'
import type { DuplicateFigures } from './results/study-results.js'

/** Jaccard similarity of word 5-grams: what the audit takes where a study does not say. */
const THRESHOLD = 0.6
/** Shorter responses (`Paris.`) recur by nature. */
const LONG_ENOUGH = 5

/** How many prompts and responses repeat an earlier one of the same benchmark, whatever side of a split they stand on. */
export function duplicateFigures(examples: readonly Example[]): DuplicateFigures {
  return finish(duplicateSteps(examples))
}

/** The same figures, some examples at a time. */
export function* duplicateSteps(examples: readonly Example[]): Steps<DuplicateFigures> {
  const prompts = new Map<string, string>()
  let exact = 0
  for (const { prompt } of examples) {
    const key = promptKey(prompt)
    if (prompts.has(key) && key !== '') exact++
    else prompts.set(key, promptText(prompt))
    yield
  }
  const distinct = [...prompts.values()]
  const long: string[] = []
  for (const { responses } of examples) {
    for (const { text } of responses) if (wordsOf(text).length >= LONG_ENOUGH) long.push(normalText(text))
    yield
  }
  const near = yield* nearDuplicateSteps(distinct, distinct, { threshold: THRESHOLD, isOneList: true })
  return {
    prompts: {
      count: examples.length,
      exact,
      near: near.length,
      threshold: THRESHOLD,
    },
    responses: { count: long.length, exact: long.length - new Set(long).size },
    identicalSides: examples.filter(hasIdenticalSides).length,
  }
}

function hasIdenticalSides({ responses, chosen }: Example): boolean {
  const right = new Set(chosen.map((index) => responses[index]?.text))
  return responses.some(({ text }, index) => !chosen.includes(index) && right.has(text))
}
