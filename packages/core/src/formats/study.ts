import type { HostedTuning } from './hosted-tuning.js'
import type { StudyMatrix } from './matrix.js'
import type { Orders } from './orders.js'
import type { StudyControl, StudyJudge, StudyPanel } from './study-judge.js'
import type { StudyPairs } from './study-pairs.js'
import type { LearningSchedule, Loss } from './tuning-loss.js'
import type { FailurePolicy, Rule, TiePolicy } from './verdict.js'

export const BENCHMARK_SOURCES = ['builtin', 'llmbar', 'reward-bench-2', 'reward-bench', 'judgebench', 'file'] as const
/** Where examples come from; each has a file of its own in packages/datasets. */
export type BenchmarkSource = (typeof BENCHMARK_SOURCES)[number]

export const SPLIT_METHODS = ['together-2026', 'grouped', 'k-fold', 'by-field', 'none'] as const
/** How examples are divided; each has a file of its own in packages/datasets. */
export type SplitMethod = (typeof SPLIT_METHODS)[number]

export const BACKENDS = ['local', 'together', 'trl'] as const
/** What tunes a judge: this process, Together's service, or TRL on GPUs of one's own. */
export type Backend = (typeof BACKENDS)[number]

export const BENCHMARK_FORMATS = ['jsonl', 'csv', 'parquet'] as const
/** How a file holds its rows. */
export type BenchmarkFormat = (typeof BENCHMARK_FORMATS)[number]

export const PROBLEM_POLICIES = ['strict', 'report'] as const
/** What becomes of rows that cannot be used: stop and list them, or leave them out and count them in every report. */
export type ProblemPolicy = (typeof PROBLEM_POLICIES)[number]

/** A value of a label column. */
export type LabelValue = string | number | boolean

/**
 * Which columns of a researcher's file hold what. Either `chosen` and `rejected`, or `responses` with a `label` or a
 * `rank` that says which of them is better.
 */
export interface BenchmarkColumns {
  /** Defaults to the row's place in the file: `row-1`, `row-2` … */
  readonly id?: string | undefined
  /** Defaults to one subset, `all`. */
  readonly subset?: string | undefined
  /** A text, or messages. May be left out where the responses are conversations that begin with it. */
  readonly prompt?: string | undefined
  /** A text, a list of texts, or a conversation whose last message is the response; several columns are several responses. */
  readonly chosen?: string | readonly string[] | undefined
  readonly rejected?: string | readonly string[] | undefined
  /** As `chosen`; or one column that holds a list of objects, whose `text` and `rank` say more. */
  readonly responses?: string | readonly string[] | undefined
  /** The column that says which response is better; or one column a response, true or 1 where it is. */
  readonly label?: string | readonly string[] | undefined
  /** For each response, the values of the label that mean it. */
  readonly values?: readonly (readonly LabelValue[])[] | undefined
  /** The values of the label that mean a tie: such rows have nothing to agree with; they are left out and counted. */
  readonly ties?: readonly LabelValue[] | undefined
  /** Where the responses are objects: the key of the text. */
  readonly text?: string | undefined
  /** Where the responses are objects: the key of the rank; the lowest is chosen. */
  readonly rank?: string | undefined
  /** Who wrote the responses: a column each, chosen first; a column of a list; or a key where the responses are objects. */
  readonly models?: string | readonly string[] | undefined
  /** Columns to keep in the metadata; defaults to all that are not named above. */
  readonly metadata?: readonly string[] | undefined
}

/** Which benchmark; `path` is a file or folder, relative to the project's root. */
export interface StudyBenchmark {
  readonly source: BenchmarkSource
  readonly path?: string | undefined
  /** A branch, tag or commit of the repository that the benchmark is downloaded from. */
  readonly revision?: string | undefined
  /** For source file; defaults to what the file's name says. */
  readonly format?: BenchmarkFormat | undefined
  /** For source file. */
  readonly columns?: BenchmarkColumns | undefined
  /** Defaults to strict. */
  readonly problems?: ProblemPolicy | undefined
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
  readonly orders: Orders
  /** Of orders random. */
  readonly orderSeed: number
  readonly rule: Rule
  readonly ties: TiePolicy
  readonly failures: FailurePolicy
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
  readonly loss: Loss
  /** For cdpo: the share of labels that are taken to be flipped, in [0, 0.5). */
  readonly labelSmoothing: number
  /** Pull of the weights towards the base's; for backend local. */
  readonly l2: number
  /** How the learning rate falls after its warm-up; for backend local. */
  readonly schedule: LearningSchedule
  /** Stop when the validation loss has not fallen for so many evaluations, and take the best weights; for backend local. */
  readonly patience?: number | undefined
  /** Of backends together and trl, which need it. */
  readonly hosted?: HostedTuning | undefined
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

/** What the judging of a study may cost; neither is ever exceeded. */
export interface StudyBudget {
  /** In USD. */
  readonly maxCost?: number | undefined
  readonly maxRequests?: number | undefined
}

/**
 * Early stopping: these two judges are asked in lockstep, over the comparisons in seeded random order, until the
 * anytime-valid test at 1 − level tells them apart.
 */
export interface StudyStopping extends StudyContrast {
  readonly seed: number
  /** Comparisons that are judged in any case. */
  readonly atLeast: number
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
  /** The judges asked another way: what tuning must beat at equal cost. */
  readonly controls: readonly StudyControl[]
  readonly panels: readonly StudyPanel[]
  readonly budget: StudyBudget
  readonly stopping?: StudyStopping | undefined
  readonly pairs?: StudyPairs | undefined
  /** Absent: `judgelab audit` still audits, the study's run does not. */
  readonly audit?: StudyAudit | undefined
  readonly tuning: readonly StudyTuning[]
  /** One of the tunings, repeated over values of its parameters. */
  readonly matrix?: StudyMatrix | undefined
  readonly contrasts: readonly StudyContrast[]
  readonly statistics: StudyStatistics
  readonly report: { readonly notebooks: readonly string[] }
}
