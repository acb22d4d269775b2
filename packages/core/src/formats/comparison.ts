import { type Example, rejectedOf } from './example.js'

/** One chosen against one rejected response of one example: the unit of pairwise judging. */
export interface Comparison {
  /** `<example id>:<chosen>><rejected>` by response index. */
  readonly id: string
  readonly exampleId: string
  readonly subset: string
  /** Index of the chosen response in the example's responses. */
  readonly chosen: number
  /** Index of the rejected response in the example's responses. */
  readonly rejected: number
}

/** The comparison of two responses of an example by their indices. */
export function comparisonOf(example: Example, chosen: number, rejected: number): Comparison {
  const id = `${example.id}:${chosen}>${rejected}`
  return { id, exampleId: example.id, subset: example.subset, chosen, rejected }
}

/** `chosen[0]` against `rejected[0]`, the published choice; undefined when nothing is rejected. */
export function firstComparison(example: Example): Comparison | undefined {
  const [chosen] = example.chosen
  const [rejected] = rejectedOf(example)
  return chosen === undefined || rejected === undefined ? undefined : comparisonOf(example, chosen, rejected)
}

/** Every chosen response against every rejected one, chosen first in order. */
export function allComparisons(example: Example): Comparison[] {
  const rejected = rejectedOf(example)
  return example.chosen.flatMap((chosen) => rejected.map((other) => comparisonOf(example, chosen, other)))
}
