import { type Example, promptText } from '@judgelab/core'
import { nearDuplicates, normalText, promptKey, wordsOf } from '@judgelab/datasets'
import type { DuplicateFigures } from './results/study-results.js'

/** Jaccard similarity of word 5-grams: what the audit takes where a study does not say. */
const THRESHOLD = 0.6
/** Shorter responses (`Paris.`) recur by nature. */
const LONG_ENOUGH = 5

/** How many prompts and responses repeat an earlier one of the same benchmark, whatever side of a split they stand on. */
export function duplicateFigures(examples: readonly Example[]): DuplicateFigures {
  const prompts = new Map<string, string>()
  let exact = 0
  for (const { prompt } of examples) {
    const key = promptKey(prompt)
    if (prompts.has(key) && key !== '') exact++
    else prompts.set(key, promptText(prompt))
  }
  const distinct = [...prompts.values()]
  const texts = examples.flatMap(({ responses }) => responses.map(({ text }) => text))
  const long = texts.filter((text) => wordsOf(text).length >= LONG_ENOUGH).map(normalText)
  return {
    prompts: {
      count: examples.length,
      exact,
      near: nearDuplicates(distinct, distinct, { threshold: THRESHOLD, isOneList: true }).length,
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
