export { type AgreementTable, agreementTable, type Rating } from './agreement/agreement-table.js'
export { type CohenKappa, cohenKappa } from './agreement/cohen-kappa.js'
export { type FleissKappa, fleissKappa } from './agreement/fleiss-kappa.js'
export {
  type KrippendorffAlpha,
  type KrippendorffOptions,
  krippendorffAlpha,
  type MeasurementLevel,
} from './agreement/krippendorff-alpha.js'
export { rawAgreement } from './agreement/raw-agreement.js'
export { type TestRetest, testRetest } from './agreement/test-retest.js'
export { type LengthBias, type LengthBiasInput, lengthBias } from './bias/length-bias.js'
export { type OrderCounts, type PositionBias, positionBias } from './bias/position-bias.js'
export { type FamilyComparison, type FamilyPreference, selfPreference } from './bias/self-preference.js'
export { type ClusterCorrection, type ClusteredMean, clusteredMean } from './clusters/clustered-mean.js'
export {
  type ClusteredMeanOfSums,
  type ClusterSums,
  clusteredMeanFromSums,
} from './clusters/clustered-mean-from-sums.js'
export { type EquivalenceTest, equivalenceTest } from './equivalence/equivalence-test.js'
export { type MarginOptions, type NonInferiorityTest, nonInferiorityTest } from './equivalence/non-inferiority-test.js'
export { type FisherTest, fisherExact } from './independent/fisher-exact.js'
export type { IndependentCounts } from './independent/independent-counts.js'
export { type IndependentDifference, newcombeIndependent } from './independent/newcombe-independent.js'
export { probabilityGreaterIndependent } from './independent/probability-greater-independent.js'
export type { Interval } from './interval.js'
export {
  type CountDifference,
  type CountDifferenceOptions,
  countDifferences,
} from './learning-curve/count-differences.js'
export {
  type CurveModel,
  type CurvePoint,
  fitLearningCurve,
  type LearningCurveFit,
  learningCurveAt,
} from './learning-curve/fit-learning-curve.js'
export {
  type CurveInterval,
  type LearningCurveBand,
  type LearningCurveBandOptions,
  learningCurveBand,
} from './learning-curve/learning-curve-band.js'
export type { CurveRun } from './learning-curve/resampled-curve.js'
export {
  type SufficiencyStep,
  type SufficientCount,
  type SufficientCountOptions,
  smallestSufficientCount,
} from './learning-curve/smallest-sufficient-count.js'
export {
  type MarginalBounds,
  type MarginalOptions,
  type MarginalStratum,
  mcnemarFromMarginals,
  type ValueRange,
} from './marginals/mcnemar-from-marginals.js'
export { type AdjustedP, type AdjustmentMethod, adjustPValues } from './multiplicity/adjust-p-values.js'
export { type DiscordantCounts, type McnemarMethod, type McnemarTest, mcnemar } from './paired/mcnemar.js'
export {
  type PairedDifference,
  type PairedDifferenceMethod,
  type PairedDifferenceOptions,
  pairedDifference,
} from './paired/paired-difference.js'
export { type MatchedScores, type PairedScores, pairedScores } from './paired/paired-scores.js'
export { type PairedCounts, type PairedTable, type PairedTableOptions, pairedTable } from './paired/paired-table.js'
export { type ProbabilityGreater, probabilityGreaterPaired } from './paired/probability-greater-paired.js'
export { type SignFlipOptions, type SignFlipTest, signFlipTest } from './paired/sign-flip-test.js'
export { type DetectableCurveInput, detectableCurve } from './planning/detectable-curve.js'
export {
  type McnemarPower,
  type McnemarPowerInput,
  mcnemarPower,
  type PlannedMcnemar,
} from './planning/mcnemar-power.js'
export { mcnemarSampleSize, type SampleSize, type SampleSizeInput } from './planning/mcnemar-sample-size.js'
export {
  type DetectableDifference,
  type DetectableInput,
  minimumDetectableDifference,
} from './planning/minimum-detectable-difference.js'
export { type PowerCurveInput, type PowerCurvePoint, powerCurve } from './planning/power-curve.js'
export { type SampleSizeCurveInput, type SampleSizePoint, sampleSizeCurve } from './planning/sample-size-curve.js'
export { type BinomialTest, type BinomialTestOptions, binomialTest } from './proportion/binomial-test.js'
export {
  type ProportionInterval,
  type ProportionIntervalOptions,
  type ProportionMethod,
  proportionInterval,
} from './proportion/proportion-interval.js'
export type { RandomGenerator } from './random-generator.js'
export { type BradleyTerry, bradleyTerry, type Game, type PlayerStrength } from './regression/bradley-terry.js'
export {
  type LogisticCoefficient,
  type LogisticOptions,
  type LogisticRegression,
  logisticRegression,
} from './regression/logistic-regression.js'
export { type BootstrapInterval, type BootstrapOptions, bootstrap } from './resampling/bootstrap.js'
export type { BootstrapMethod } from './resampling/bootstrap-limits.js'
export { mean } from './resampling/mean.js'
export { type PairedBootstrap, pairedBootstrap } from './resampling/paired-bootstrap.js'
export { pairedTableBootstrap } from './resampling/paired-table-bootstrap.js'
export { type PermutationOptions, type PermutationTest, permutationTest } from './resampling/permutation-test.js'
export { quantileOf } from './resampling/quantile.js'
export { type Auc, auc } from './scores/auc.js'
export { brier, type ScoreValue } from './scores/brier.js'
export { expectedCalibrationError } from './scores/expected-calibration-error.js'
export { kendallTauB } from './scores/kendall-tau-b.js'
export type { RankCorrelation } from './scores/rank-correlation.js'
export { type Binning, type BinningOptions, type ReliabilityBin, reliabilityCurve } from './scores/reliability-curve.js'
export { spearman } from './scores/spearman.js'
export { extendPairedSequence, type PairedSequence, startPairedSequence } from './sequential/paired-sequence.js'
export { type CochranQTest, cochranQ } from './several/cochran-q.js'
export { type MacroDifference, type MacroMethod, macroDifference } from './subsets/macro-difference.js'
export {
  type HeterogeneityOptions,
  type HeterogeneityTest,
  subsetHeterogeneity,
} from './subsets/subset-heterogeneity.js'
export type { Alternative, TestResult } from './test-result.js'
