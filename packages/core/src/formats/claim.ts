import type { StudyContrast } from './study.js'

/**
 * A published comparison of judges: who was right how often, as it is printed. A file of this form needs no answers, only
 * what a paper or a leaderboard shows.
 */
export interface Claim {
  readonly version: 1
  readonly title: string
  /** Where the figures are printed; absent where nobody says. */
  readonly source?: string | undefined
  /** Comparisons that every judge answered, at least 1. */
  readonly n: number
  /** The size of each subset, in the order of the file; they add up to `n`. */
  readonly subsets?: Readonly<Record<string, number>> | undefined
  /** Two or more. */
  readonly judges: readonly ClaimJudge[]
  /** Who is said to be better than whom; by default every judge against the first. */
  readonly contrasts: readonly StudyContrast[]
  /** Coverage of intervals in (0, 1); tests are at 1 − level. */
  readonly level: number
}

/** What is printed of one judge: a total, or a figure for every subset, or both. */
export interface ClaimJudge {
  readonly name: string
  readonly label: string
  readonly correct?: PrintedCount | undefined
  /** Comparisons that the judge tied, which are not among the correct ones. */
  readonly ties?: number | undefined
  readonly subsets?: Readonly<Record<string, PrintedCount>> | undefined
}

/** A count as a whole number, or a percentage with the digits that are printed: `62.63 %`. */
export type PrintedCount = number | string
