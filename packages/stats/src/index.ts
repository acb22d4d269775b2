export { type AgreementTable, agreementTable, type Rating } from './agreement/agreement-table.js'
export { type CohenKappa, cohenKappa } from './agreement/cohen-kappa.js'
export type { Interval } from './interval.js'
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
export { type SignFlipOptions, type SignFlipTest, signFlipTest } from './paired/sign-flip-test.js'
export {
  type McnemarPower,
  type McnemarPowerInput,
  mcnemarPower,
  type PlannedMcnemar,
} from './planning/mcnemar-power.js'
export {
  type DetectableDifference,
  type DetectableInput,
  minimumDetectableDifference,
} from './planning/minimum-detectable-difference.js'
export { type BinomialTest, type BinomialTestOptions, binomialTest } from './proportion/binomial-test.js'
export {
  type ProportionInterval,
  type ProportionIntervalOptions,
  type ProportionMethod,
  proportionInterval,
} from './proportion/proportion-interval.js'
export type { RandomGenerator } from './random-generator.js'
export { type BootstrapInterval, type BootstrapOptions, bootstrap } from './resampling/bootstrap.js'
export type { BootstrapMethod } from './resampling/bootstrap-limits.js'
export { type PairedBootstrap, pairedBootstrap } from './resampling/paired-bootstrap.js'
export { pairedTableBootstrap } from './resampling/paired-table-bootstrap.js'
export type { Alternative, TestResult } from './test-result.js'
