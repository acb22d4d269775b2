import type { FailureReason, Rule, StudyEvaluation, StudyTuning, VerdictResult } from '@judgelab/core'
import type { AuditReport, DataReport } from '@judgelab/datasets'
import type { TrainingPoint } from '@judgelab/dpo'
import type { AdjustedP } from '@judgelab/stats'
import type { AblationResult } from '../ablation/ablation-result.js'
import type { Accuracy } from '../accuracy.js'
import type { PairedResult, SubsetContrast } from '../contrast.js'
import type { FlipKind } from '../flips.js'
import type { JudgeKind } from '../judged.js'
import type { Agreement } from '../measures/agreement.js'
import type { MacroAccuracy } from '../measures/averages.js'
import type { Calibration } from '../measures/calibration.js'
import type { JudgeCost } from '../measures/cost.js'
import type { LengthEffect } from '../measures/length-effect.js'
import type { OfficialResult } from '../measures/official.js'
import type { ContrastPower } from '../measures/power.js'
import type { PolicySensitivity } from '../measures/rankings.js'
import type { SelfPreference } from '../measures/self-preference.js'
import type { Verbosity } from '../measures/verbosity.js'
import type { OrderCounts } from '../orders.js'
import type { Limited, StoppedEarly } from '../stopped-early.js'
import type { JudgeType } from './judge-type.js'

/** Every number of a study's report, with the runs behind it: `reports/<study>/results.json`. */
export interface StudyResults {
  readonly formatVersion: 1
  readonly study: {
    readonly name: string
    readonly title: string
    readonly question: string
    readonly file: string
    readonly sha256: string
    /** True when an emulator answered in the place of the services. */
    readonly rehearsed: boolean
  }
  readonly benchmark: {
    readonly name: string
    readonly about: string
    readonly synthetic: boolean
    readonly fingerprint: string
    readonly examples: number
    readonly subsets: readonly SubsetCount[]
    /** Length of the responses, by subset and role. */
    readonly lengths: readonly LengthFigures[]
    /** The same by role alone. */
    readonly lengthsOverall: readonly OverallLengthFigures[]
    /** Prompts and responses that stand in the benchmark more than once. */
    readonly duplicates: DuplicateFigures
    /** How often each shallow cue points to the chosen response, overall and by subset, in [0, 1]. */
    readonly cues: readonly CueFigures[]
    /** Rows that were left out, and oddities that were kept, by kind; null where the source stops at the first problem. */
    readonly data: Pick<DataReport, 'policy' | 'rows' | 'skipped' | 'notes'> | null
  }
  readonly split: {
    readonly method: string
    readonly seed: number | null
    readonly fingerprint: string
    readonly train: number
    readonly test: number
  }
  readonly evaluation: StudyEvaluation & {
    readonly n: number
    /** True when the first pass of every comparison shows the chosen response first: one order alone measures the slot. */
    readonly isChosenFirst: boolean
  }
  /** What stands on both sides of the split; null where the study says no `audit:`. */
  readonly audit: AuditReport | null
  readonly statistics: { readonly level: number; readonly seed: number; readonly resamples: number }
  readonly judges: readonly MeasuredJudge[]
  /** The ranking of all judges that are no null baselines, under every rule and tie policy. */
  readonly sensitivity: PolicySensitivity
  /** Every two of these judges, on slots. */
  readonly agreement: readonly Agreement[]
  readonly pairs: PairsResult | null
  readonly tuning: readonly TuningResult[]
  /** Early stopping, where the study asked for it: all numbers then stand on the comparisons that were judged; null else. */
  readonly stopped: StoppedEarly | null
  /** What the study's matrix shows; null where it has none. */
  readonly ablation: AblationResult | null
  /** The first one is the study's question. */
  readonly contrasts: readonly ContrastResult[]
}

/** The responses of one role in one subset. */
export interface LengthFigures {
  readonly subset: string
  readonly role: 'chosen' | 'rejected'
  readonly responses: number
  readonly meanWords: number
  readonly meanCharacters: number
  readonly medianWords: number
  readonly longestWords: number
}

/** The responses of one role in all subsets. */
export type OverallLengthFigures = Omit<LengthFigures, 'subset'>

/** How much of a benchmark is there twice. Each repetition counts, its first appearance does not. */
export interface DuplicateFigures {
  readonly prompts: {
    readonly count: number
    /** The same as an earlier one, letter case and white space aside; blank ones are none. */
    readonly exact: number
    /** Nearly an earlier one, and not the same as any. */
    readonly near: number
    /** Jaccard similarity of word 5-grams from which two prompts are nearly the same. */
    readonly threshold: number
  }
  readonly responses: {
    /** Responses of five words or more: shorter ones recur by nature. */
    readonly count: number
    readonly exact: number
  }
  /** Examples of which a chosen response is also a rejected one. */
  readonly identicalSides: number
}

/** One shallow cue; null where no response is rejected. */
export interface CueFigures {
  readonly cue: string
  readonly all: number | null
  readonly bySubset: Readonly<Record<string, number | null>>
}

/** How many examples of a subset there are, on each side of the split and among the comparisons. */
export interface SubsetCount {
  readonly subset: string
  readonly examples: number
  readonly train: number
  readonly test: number
  readonly comparisons: number
}

/** Verdicts counted, and what they earn under each tie policy. */
export interface Scored {
  readonly comparisons: number
  readonly counts: Readonly<Record<VerdictResult, number>>
  /** Under the study's failure policy: ties wrong, half, excluded. */
  readonly accuracy: { readonly wrong: Accuracy; readonly half: Accuracy; readonly excluded: Accuracy }
  readonly orders: OrderCounts
}

/** One judge on the study's comparisons. */
export interface JudgeResult extends Scored {
  readonly name: string
  readonly label: string
  readonly kind: JudgeKind
  readonly runId: string
  readonly judgments: number
  readonly failures: Partial<Readonly<Record<FailureReason, number>>>
  readonly subsets: readonly (Scored & { readonly subset: string })[]
  /** What every other rule would say of the same judgments, under the study's policies. */
  readonly rules: readonly RuleResult[]
}

/** One judge with what is measured beside its accuracy. */
export interface MeasuredJudge extends JudgeResult {
  readonly type: JudgeType
  /** The mean over subsets of the accuracies under the study's policies; the accuracy over all comparisons is the micro average. */
  readonly macro: MacroAccuracy
  readonly official: OfficialResult
  readonly bias: JudgeBias
  readonly cost: JudgeCost
}

/** What a judge leans to, and how much its probabilities say. */
export interface JudgeBias {
  /** Share of the comparisons asked in both orders that were answered alike, in [0, 1]; null where none was. */
  readonly consistency: Limited | null
  readonly length: LengthEffect
  readonly selfPreference: SelfPreference
  readonly verbosity: Verbosity
  readonly calibration: Calibration
}

/** One rule over the same judgments. */
export interface RuleResult {
  readonly rule: Rule
  readonly counts: Readonly<Record<VerdictResult, number>>
  readonly accuracy: Accuracy
}

/** Two judges on the same comparisons. */
export interface ContrastResult {
  readonly judge: string
  readonly against: string
  readonly runIds: readonly [string, string]
  /** Under the study's policies, and under each tie policy. */
  readonly primary: PairedResult
  readonly byTiePolicy: readonly PairedResult[]
  /** p of `primary`, adjusted by Holm over its family of contrasts, which it names; null where p is. */
  readonly adjusted: AdjustedP | null
  /**
   * The smallest true difference that this n would find with probability 0.8 at this discordance, tested at 1 − level;
   * null when unknown.
   */
  readonly detectable: number | null
  /** null where the test is not McNemar's, or nothing tells the judges apart. */
  readonly power: ContrastPower | null
  readonly subsets: readonly (SubsetContrast & {
    readonly detectable: number | null
    readonly flips: Readonly<Record<FlipKind, number>>
  })[]
  /**
   * The same without the comparisons of which a response of five words or more also stands on the training side; null
   * where there are none such.
   */
  readonly unrepeated: (PairedResult & { readonly repeated: number }) | null
  /**
   * Changes of verdict from `against` to its own second run, under the same rule: what flips by itself. Null where the
   * study makes none.
   */
  readonly noise: {
    readonly runId: string
    readonly n: number
    readonly flips: Readonly<Record<FlipKind, number>>
  } | null
  /** Changes of verdict from `against` to `judge`. */
  readonly flips: Readonly<Record<FlipKind, number>>
  /** The same as shares of all comparisons, in [0, 1]. */
  readonly flipShares: Readonly<Record<FlipKind, number>>
  /** Comparisons whose verdict changed; counts and their names, not their texts. */
  readonly flipped: readonly {
    readonly comparisonId: string
    readonly subset: string
    readonly before: VerdictResult
    readonly after: VerdictResult
    readonly kind: FlipKind
  }[]
}

/** The preference pairs that tuning used. */
export interface PairsResult {
  readonly strategy: string
  readonly split: string
  readonly total: number
  readonly train: number
  readonly validation: number
  readonly trainBySubset: Readonly<Record<string, number>>
  readonly validationBySubset: Readonly<Record<string, number>>
  /** Validation pairs whose prompt also stands among the training pairs. */
  readonly sharedPrompts: number
  readonly fingerprint: string
}

/** One fine-tuning, as it went. Losses in nats. */
export interface TuningResult {
  readonly name: string
  readonly base: string
  readonly parameters: StudyTuning
  readonly steps: readonly TrainingPoint[]
  readonly validation: readonly TrainingPoint[]
  /** Digest of the tuned weights. */
  readonly weights: string
}
