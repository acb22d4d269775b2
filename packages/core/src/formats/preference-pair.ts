import type { Message } from './message.js'

export const PAIR_STRATEGIES = ['responses', 'verdicts', 'critiques'] as const
/** What a pair teaches: better answers (the published one), right labels, or right critiques. */
export type PairStrategy = (typeof PAIR_STRATEGIES)[number]

/** Where a pair came from. */
export interface PairOrigin {
  readonly strategy: PairStrategy
  readonly exampleId: string
  readonly comparisonId: string
  readonly subset: string
  /** Verdicts and critiques: the presentation that the judging prompt shows, without its repeat. */
  readonly presentation?: string | undefined
  /** Verdicts and critiques: id of the judge whose prompt it is, and whose judgments were sampled. */
  readonly judgeId?: string | undefined
  /** Critiques: which repeats of the presentation the right and the wrong judgment are. */
  readonly repeats?: readonly [right: number, wrong: number] | undefined
  /**
   * Where `input` is not the example's prompt but shows it: SHA-256 of the prompt as prompts are compared, so that pairs
   * of one prompt are known as such whatever their inputs look like.
   */
  readonly promptSha256?: string | undefined
}

/** A training record: input, preferred and non-preferred output. */
export interface PreferencePair {
  readonly v: 1
  readonly id: string
  /** The conversation so far; its last turn is not the assistant's. */
  readonly input: readonly Message[]
  readonly preferred: string
  readonly nonPreferred: string
  /** Relative weight in the loss, above 0; absent means 1. */
  readonly weight?: number | undefined
  readonly origin: PairOrigin
}
