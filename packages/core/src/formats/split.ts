import type { SplitMethod, StudySplit } from './study.js'

/** What a method was told besides its seed: a study's `split:` without `method` and `seed`. */
export type SplitParameters = Readonly<Record<string, string | number | readonly string[]>>

/** Which examples are for training and which for testing, by id in drawn order; another machine can draw it again. */
export interface Split {
  readonly formatVersion: 1
  readonly method: SplitMethod
  readonly seed: number | null
  readonly parameters: SplitParameters
  /** Fingerprint of the benchmark that was split. */
  readonly dataset: string
  readonly train: readonly string[]
  readonly test: readonly string[]
}

/** A split as it stands in its file. */
export interface SplitFile extends Split {
  /** Digest of all other fields: tells a file that was edited, or cut off, from one that was saved. */
  readonly fingerprint: string
}

/** What a study would have to say for this split. */
export function askedOf({ method, seed, parameters }: Split): StudySplit {
  return { method, ...(seed === null ? {} : { seed }), ...parameters } as StudySplit
}
