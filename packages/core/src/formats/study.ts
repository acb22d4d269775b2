import type { Provider } from './judge.js'
import type { PairStrategy } from './preference-pair.js'
import type { Mode } from './presentation.js'
import type { FailurePolicy, Rule, TiePolicy } from './verdict.js'

export const BENCHMARK_SOURCES = ['builtin', 'llmbar'] as const
/** Where examples come from; each has a file of its own in packages/datasets. */
export type BenchmarkSource = (typeof BENCHMARK_SOURCES)[number]

export const SPLIT_METHODS = ['together-2026', 'none'] as const
export type SplitMethod = (typeof SPLIT_METHODS)[number]

export const PAIR_SPLITS = ['grouped', 'published'] as const
/** How pairs are divided into training and validation: never one prompt on both sides, or the published shuffle. */
export type PairSplit = (typeof PAIR_SPLITS)[number]

export const BACKENDS = ['local'] as const
/** What tunes a judge. */
export type Backend = (typeof BACKENDS)[number]

/** Which benchmark; `path` is a file or folder, relative to the project's root. */
export interface StudyBenchmark {
  readonly source: BenchmarkSource
  readonly path?: string | undefined
}

/** How examples are divided into a training and a test side; `none` evaluates all of them. */
export interface StudySplit {
  readonly method: SplitMethod
  readonly seed: number
  readonly trainSize: number
  readonly testSize: number
}

/** What is judged, how orders combine, and what ties and failures earn. */
export interface StudyEvaluation {
  readonly side: 'test' | 'train' | 'all'
  /** `chosen[0]` against `rejected[0]`, or every chosen against every rejected. */
  readonly comparisons: 'first' | 'all'
  readonly orders: 'both' | 'first'
  readonly rule: Rule
  readonly ties: TiePolicy
  readonly failures: FailurePolicy
}

/** One judge of a study. */
export interface StudyJudge {
  /** How the study's tables and its other parts call it. */
  readonly name: string
  readonly label: string
  readonly provider: Provider
  readonly model: string
  readonly mode: Mode
  /** Recorded verdicts, for provider replay. */
  readonly path?: string | undefined
  /** A null baseline: shown as such, never compared as a contender. */
  readonly control: boolean
  readonly settings: Readonly<Record<string, string | number | boolean>>
}

/** How preference pairs are made from the training side. */
export interface StudyPairs {
  readonly strategy: PairStrategy
  readonly split: PairSplit
  /** Share of the pairs held out to watch the training, in (0, 1). */
  readonly validation: number
  readonly seed: number
  /** How often the published cell is run (seed, then shuffle); only for the published split. */
  readonly shuffles: 1 | 2
}

/** One fine-tuning of one base judge. */
export interface StudyTuning {
  /** The tuned judge's name. */
  readonly name: string
  readonly label: string
  readonly base: string
  readonly backend: Backend
  readonly beta: number
  readonly epochs: number
  readonly batchSize: number
  readonly learningRate: number
  readonly seed: number
  /** How often the validation pairs are scored during the training. */
  readonly evaluations: number
}

/** A question of the study: does `judge` agree with the labels more often than `against`, on the same comparisons? */
export interface StudyContrast {
  readonly judge: string
  readonly against: string
}

/** How sure is sure, and the seed of everything that is resampled. */
export interface StudyStatistics {
  readonly level: number
  readonly seed: number
  readonly resamples: number
}

/** A whole experiment. The first contrast is the one that the report's first sentence answers. */
export interface Study {
  readonly version: 1
  readonly name: string
  readonly title: string
  readonly question: string
  readonly benchmark: StudyBenchmark
  readonly split: StudySplit
  readonly evaluation: StudyEvaluation
  readonly judges: readonly StudyJudge[]
  readonly pairs?: StudyPairs | undefined
  readonly tuning: readonly StudyTuning[]
  readonly contrasts: readonly StudyContrast[]
  readonly statistics: StudyStatistics
  readonly report: { readonly notebooks: readonly string[] }
}
