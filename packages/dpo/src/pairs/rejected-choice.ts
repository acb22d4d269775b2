import {
  type Comparison,
  comparisonOf,
  createNumpyRandom,
  type Example,
  rejectedOf,
  type StudyPairs,
} from '@judgelab/core'

/** How much a judge or a person likes a response of an example; larger is better. The unit does not matter. */
export type ResponseScore = (example: Example, response: number) => number

/** Which rejected responses are set against `chosen[0]`. */
export interface RejectedOptions extends Partial<Pick<StudyPairs, 'rejected' | 'perExample' | 'seed'>> {
  /** For `hardest`. */
  readonly score?: ResponseScore | undefined
}

/**
 * A function that gives the comparisons of an example, `chosen[0]` against some of its rejected responses, in their order:
 *
 * - `all`: each of them (the published choice);
 * - `first`: the first;
 * - `hardest`: the `perExample` that `score` likes best; of equal ones the earlier. Where the score is the base policy's
 *   log-probability, these have the least log pi(chosen) - log pi(rejected), and so the largest loss and gradient at the
 *   start of a training from that policy;
 * - `random`: `perExample` of them, drawn with the seed; the draws run on from example to example.
 *
 * @throws {RangeError} for `hardest` without a score, or with one that is NaN
 */
export function comparisonChooser(options: RejectedOptions = {}): (example: Example) => Comparison[] {
  const { rejected = 'all', perExample = 1, seed = 42 } = options
  const choose = chooserOf(rejected, perExample, options.score, seed)
  return (example) => {
    const chosen = example.chosen[0]
    if (chosen === undefined) return []
    return choose(example, rejectedOf(example)).map((other) => comparisonOf(example, chosen, other))
  }
}

type Choose = (example: Example, rejected: readonly number[]) => readonly number[]

function chooserOf(
  rejected: StudyPairs['rejected'],
  perExample: number,
  score: ResponseScore | undefined,
  seed: number,
): Choose {
  switch (rejected) {
    case 'all':
      return (_, all) => all
    case 'first':
      return (_, all) => all.slice(0, 1)
    case 'hardest': {
      if (score === undefined) throw new RangeError('comparisonChooser needs a score for hardest, got none')
      return (example, all) => inOrder(hardest(example, all, score).slice(0, perExample))
    }
    case 'random': {
      const { choice } = createNumpyRandom(seed)
      return (_, all) => (all.length <= perExample ? all : inOrder(choice(all, perExample)))
    }
  }
}

function hardest(example: Example, all: readonly number[], score: ResponseScore): number[] {
  const scored = all.map((response) => ({ response, liked: score(example, response) }))
  const unusable = scored.find(({ liked }) => Number.isNaN(liked))
  if (unusable !== undefined)
    throw new RangeError(
      `comparisonChooser needs scores that are numbers, got NaN for response ${unusable.response} of "${example.id}"`,
    )
  return scored.sort((a, b) => b.liked - a.liked || a.response - b.response).map(({ response }) => response)
}

function inOrder(indices: readonly number[]): number[] {
  return indices.toSorted((a, b) => a - b)
}
