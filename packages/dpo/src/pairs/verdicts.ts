import type { Example, Message, PreferencePair } from '@judgelab/core'
import { promptDigest } from '@judgelab/datasets'
import { type LabelledPresentation, labelledPresentations, shownId } from './labelled-presentations.js'
import { comparisonChooser, type RejectedOptions } from './rejected-choice.js'

/** How a judge is asked, and what it would answer. */
export interface JudgingPrompt {
  readonly input: readonly Message[]
  /** The answer that names the chosen response. */
  readonly right: string
  /** The answer that names the rejected one. */
  readonly wrong: string
}

/** What `verdicts` pairs are made of, beside the examples. */
export interface VerdictOptions extends RejectedOptions {
  /** Writes the judging prompt of a presentation: how a judge is asked is not known here. */
  readonly ask: (labelled: LabelledPresentation) => JudgingPrompt
  /** The judge whose prompt it is. */
  readonly judgeId: string
}

/**
 * Pairs that teach the label itself: the judging prompt as input, the answer that names the chosen response preferred
 * over the one that names the rejected response. Every comparison is shown in both orders, so that the slot says nothing.
 */
export function pairsFromVerdicts(examples: readonly Example[], options: VerdictOptions): PreferencePair[] {
  return [...verdictPairs(examples, options)]
}

/** The same, one pair at a time. */
export function* verdictPairs(examples: Iterable<Example>, options: VerdictOptions): Generator<PreferencePair> {
  const comparisonsOf = comparisonChooser(options)
  for (const example of examples) {
    const promptSha256 = promptDigest(example.prompt)
    for (const comparison of comparisonsOf(example))
      for (const labelled of labelledPresentations(example, comparison)) {
        const presentation = shownId(labelled.presentation)
        const { input, right, wrong } = options.ask(labelled)
        yield {
          v: 1,
          id: `verdicts:${presentation}`,
          input,
          preferred: right,
          nonPreferred: wrong,
          origin: {
            strategy: 'verdicts',
            exampleId: example.id,
            comparisonId: comparison.id,
            subset: example.subset,
            presentation,
            judgeId: options.judgeId,
            promptSha256,
          },
        }
      }
  }
}
