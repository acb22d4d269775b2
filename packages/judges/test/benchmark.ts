import { type Comparison, type Example, firstComparison } from '@judgelab/core'

/** `count` examples in two subsets; the chosen response is the last of two or three, so that no position gives it away. */
export function someExamples(count: number): Example[] {
  return Array.from({ length: count }, (_, at) => {
    const others = at % 3 === 0 ? ['so', 'what else'] : ['perhaps not']
    return {
      v: 1,
      id: `e${at}`,
      subset: at % 2 === 0 ? 'even' : 'odd',
      prompt: `What is ${at} + 1?`,
      responses: [...others, `It is ${at + 1}.`].map((text) => ({ text })),
      chosen: [others.length],
      metadata: {},
    }
  })
}

/** The first comparison of each example. */
export function firstComparisons(examples: readonly Example[]): Comparison[] {
  return examples.flatMap((example) => firstComparison(example) ?? [])
}
