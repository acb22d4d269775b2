export type { Arithmetic } from './arithmetic/read-arithmetic.js'
export { readArithmetic } from './arithmetic/read-arithmetic.js'
export { isSatisfied } from './constraints/check-constraint.js'
export type { Constraint, ConstraintFamily, CountedUnit, ForbiddenMark } from './constraints/constraint.js'
export { findConstraints } from './constraints/find-constraints.js'
export { type LossOptions, type MarginLoss, marginLoss } from './dpo/loss.js'
export { dpoGradient, dpoLoss, rewardMargin, type TrainingPair } from './dpo/objective.js'
export { DPO_DEFAULTS, type DpoMeasure, type DpoOptions, type DpoStep, type DpoValidation } from './dpo/options.js'
export { type DpoCheckpoint, dpoSteps, scheduleAt, type TrainingResult, trainDpo } from './dpo/train-dpo.js'
export { DENSE_FEATURES } from './features/dense-features.js'
export { extractFeatures, featureExtractor, namedFeatures } from './features/extract-features.js'
export { type FeatureReader, rememberingReader } from './features/feature-reader.js'
export { FEATURE_SPACE, type FeatureSpace, type FeatureVector } from './features/feature-space.js'
export {
  type FeatureMove,
  type FeatureReport,
  featureReport,
  featureReportMarkdown,
} from './policy/feature-report.js'
export { logitOf, type Policy } from './policy/policy.js'
export { parsePolicy, policyDigest, serializePolicy } from './policy/policy-file.js'
export { priorPolicy, priorTable } from './prior/prior-policy.js'
export { PRIOR_WEIGHTS, type PriorWeight } from './prior/prior-weights.js'
