import type { PairStrategy } from './preference-pair.js'

export const PAIR_SPLITS = ['grouped', 'published'] as const
/** How pairs are divided into training and validation: never one prompt on both sides, or the published shuffle. */
export type PairSplit = (typeof PAIR_SPLITS)[number]

export const REJECTED_CHOICES = ['all', 'first', 'hardest', 'random'] as const
/** Which rejected responses of an example make pairs. */
export type RejectedChoice = (typeof REJECTED_CHOICES)[number]

export const PAIR_WEIGHTS = ['equal', 'examples', 'subsets'] as const
/** What weighs the same in the loss: every pair, every example, or every subset. Mean weight 1 in any case. */
export type PairWeights = (typeof PAIR_WEIGHTS)[number]

export const PAIR_LENGTHS = ['any', 'balanced'] as const
/** Whether the preferred output may be the longer one as often as it is, or is made to be so in half of each subset. */
export type PairLengths = (typeof PAIR_LENGTHS)[number]

export const LEAK_POLICIES = ['stop', 'drop', 'report'] as const
/** What becomes of pairs that show something of the judged side: no pairs at all, pairs without them, or a line in the data card. */
export type LeakPolicy = (typeof LEAK_POLICIES)[number]

/** What is left out of the pairs beside the empty, the identical and the repeated ones. */
export interface StudyPairCleaning {
  /** Leave out pairs that say nearly what an earlier one says: Jaccard similarity of word 5-grams, in (0, 1]. */
  readonly nearDuplicates?: number | undefined
  /** The model that is to be tuned, by whose tokens lengths are counted. */
  readonly target?: string | undefined
  /** Most tokens of input and one output together; only with `target`. */
  readonly maxTokens?: number | undefined
}

/** How preference pairs are made from the training side. */
export interface StudyPairs {
  /** One strategy, or several whose pairs stand beside each other. */
  readonly strategy: PairStrategy | readonly PairStrategy[]
  /** Which rejected responses are set against `chosen[0]`. */
  readonly rejected: RejectedChoice
  /** How many of them for one example, for `hardest` and `random`. */
  readonly perExample: number
  /** For `hardest`: a JSONL file of scores by response; absent, the local base policy scores. */
  readonly scores?: string | undefined
  /** Largest share of all pairs that a subset may have, in (0, 1): one for all subsets, or by subset. */
  readonly cap?: number | Readonly<Record<string, number>> | undefined
  readonly weights: PairWeights
  readonly lengths: PairLengths
  /** For `verdicts` and `critiques`: the judge of the study whose judging prompt is the input, and who is sampled. */
  readonly judge?: string | undefined
  /** For `critiques`: judgments sampled of each presentation. */
  readonly samples: number
  readonly clean?: StudyPairCleaning | undefined
  readonly leaks: LeakPolicy
  readonly split: PairSplit
  /** Share of the pairs held out to watch the training, in (0, 1). */
  readonly validation: number
  /** Of everything that is drawn. */
  readonly seed: number
  /** How often the published cell is run (seed, then shuffle); only for the published split. */
  readonly shuffles: 1 | 2
}

/** The strategies that a study asks for, in order. */
export function strategiesOf({ strategy }: Pick<StudyPairs, 'strategy'>): readonly PairStrategy[] {
  return typeof strategy === 'string' ? [strategy] : strategy
}

/** Which parts of `pairs:` mean anything beside the others: a judge, a number of rejected responses, scores, shuffles. */
export function neededParts(pairs: StudyPairs): Record<'judge' | 'perExample' | 'scores' | 'shuffles', boolean> {
  return {
    judge: strategiesOf(pairs).some((strategy) => strategy !== 'responses'),
    perExample: pairs.rejected === 'hardest' || pairs.rejected === 'random',
    scores: pairs.rejected === 'hardest',
    shuffles: pairs.split === 'published',
  }
}
