export { canonicalJson, digest, digestText } from './digest.js'
export { ConfigError, DatasetFormatError, JudgeCallError } from './errors.js'
export { allComparisons, type Comparison, comparisonOf, firstComparison } from './formats/comparison.js'
export { type Example, type Response, rejectedOf } from './formats/example.js'
export { type JudgeSpec, judgeId, PROVIDERS, type Provider } from './formats/judge.js'
export type { Judgment, Usage } from './formats/judgment.js'
export { type Message, type Prompt, promptText } from './formats/message.js'
export type { Figure, ModelEntry, ModelRegistry } from './formats/model-registry.js'
export {
  type Choice,
  type Classed,
  FAILURE_REASONS,
  type Failed,
  type FailureReason,
  type Outcome,
  type Rating,
} from './formats/outcome.js'
export { PAIR_STRATEGIES, type PairOrigin, type PairStrategy, type PreferencePair } from './formats/preference-pair.js'
export { MODES, type Mode, type Presentation, presentationOf, type ShownPresentation } from './formats/presentation.js'
export type { RunManifest } from './formats/run-manifest.js'
export {
  FAILURE_POLICIES,
  type FailurePolicy,
  RULES,
  type Rule,
  TIE_POLICIES,
  type TiePolicy,
  VERDICT_RESULTS,
  type Verdict,
  type VerdictResult,
} from './formats/verdict.js'
export { createNumpyRandom, type NumpyRandom } from './random/numpy-random.js'
