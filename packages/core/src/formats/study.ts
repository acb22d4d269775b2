import type { Provider } from './judge.js'
import type { PairStrategy } from './preference-pair.js'
import type { Mode } from './presentation.js'
import type { FailurePolicy, Rule, TiePolicy } from './verdict.js'

export const BENCHMARK_SOURCES = ['builtin', 'llmbar'] as const
/** Where examples come from; each has a file of its own in packages/datasets. */
export type BenchmarkSource = (typeof BENCHMARK_SOURCES)[number]

export const SPLIT_METHODS = ['together-2026', 'grouped', 'k-fold', 'by-field', 'none'] as const
/** How examples are divided; each has a file of its own in packages/datasets. */
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
export type StudySplit = Together2026Split | GroupedSplit | KFoldSplit | ByFieldSplit | NoSplit

/** The published procedure, row by row. */
export interface Together2026Split {
  readonly method: 'together-2026'
  readonly seed: number
  readonly trainSize: number
  readonly testSize: number
}

/** Stratified by subset; never one prompt, nor siblings of one question, on both sides. */
export interface GroupedSplit {
  readonly method: 'grouped'
  readonly seed: number
  /** Share of the examples for the test side, in (0, 1); all others train. In place of sizes; 0.2 where nothing is said. */
  readonly share?: number | undefined
  /** Examples for the test side. */
  readonly testSize?: number | undefined
  /** Examples for the training side; absent, all that are not on the test side. Only beside `testSize`. */
  readonly trainSize?: number | undefined
}

/** As `grouped`, in `folds` parts: one is the test side, the others train. */
export interface KFoldSplit {
  readonly method: 'k-fold'
  readonly seed: number
  readonly folds: number
  /** Which part is the test side, from 1 to `folds`. */
  readonly fold: number
}

/** The values of a field decide. */
export interface ByFieldSplit {
  readonly method: 'by-field'
  /** A dotted path into an example's metadata; `subset` is the example's own subset. */
  readonly field: string
  /** Values on the test side, as text. */
  readonly test: readonly string[]
  /** Values on the training side; absent, every other value that occurs. */
  readonly train?: readonly string[] | undefined
}

/** Nothing is held out, because nothing is learned. */
export interface NoSplit {
  readonly method: 'none'
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

/** What is looked for on both sides of the split before anything is tuned or judged. */
export interface StudyAudit {
  /** Stop the study on a leak. */
  readonly gate: boolean
  /** Texts whose sets of word 5-grams have at least this Jaccard similarity are near duplicates; in (0, 1]. */
  readonly nearDuplicates: number
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
  /** Absent: `judgelab audit` still audits, the study's run does not. */
  readonly audit?: StudyAudit | undefined
  readonly tuning: readonly StudyTuning[]
  readonly contrasts: readonly StudyContrast[]
  readonly statistics: StudyStatistics
  readonly report: { readonly notebooks: readonly string[] }
}
