import type { ProblemPolicy, Where } from '@judgelab/core'

/** Why a row is not among the examples. */
export const SKIP_KINDS = [
  'unreadable',
  'malformed',
  'id-collision',
  'tied',
  'empty-prompt',
  'empty-chosen',
  'identical-responses',
  'duplicate',
  'swapped-duplicate',
  'contradictory-label',
] as const
export type SkipKind = (typeof SKIP_KINDS)[number]

/** What is odd about an example that is kept. */
export const NOTE_KINDS = [
  'empty-prompt',
  'empty-chosen',
  'empty-rejected',
  'identical-responses',
  'repeated-response',
  'duplicate',
  'swapped-duplicate',
  'contradictory-label',
  'nul-character',
  'control-characters',
  'carriage-return',
  'line-separator',
  'lone-surrogate',
  'formula-like',
  'long-response',
  'number-as-text',
] as const
export type NoteKind = (typeof NOTE_KINDS)[number]

/** How many examples each kind befell; kinds that befell none are absent. */
export type Counts<Kind extends string> = Readonly<Partial<Record<Kind, number>>>

/** Whose data these are. What somebody published is not ours to thin out: its oddities are noted and every row is kept. */
export type Ownership = 'published' | 'own'

/** One thing that is wrong with one row. */
export interface DataProblem {
  readonly kind: SkipKind
  readonly where: Where
  readonly field?: string | undefined
  /** `expected …, found …`. */
  readonly message: string
}

/** What came of reading a source: how much was left out, how much is odd, and the first problems. */
export interface DataReport {
  readonly policy: ProblemPolicy
  /** Rows read, those left out included. */
  readonly rows: number
  readonly skipped: Counts<SkipKind>
  readonly notes: Counts<NoteKind>
  /** The first ten of the rows that were left out. */
  readonly problems: readonly DataProblem[]
}

/** How many rows were left out, for whatever reason. */
export function leftOutCount({ skipped }: Pick<DataReport, 'skipped'>): number {
  return Object.values(skipped).reduce((sum, count) => sum + count, 0)
}
