export {
  JOB_STATUSES,
  type JobStatus,
  type TuningBackend,
  type TuningEstimate,
  type TuningJob,
  type TuningMetrics,
  type TuningRequest,
  type WatchOptions,
} from './backends/backend.js'
export { jobFile, loadJob, saveJob, tryLoadJob } from './backends/job-file.js'
export { type LocalTuning, type LocalTuningOutcome, tuneLocally } from './backends/local.js'
export { downloadTogetherWeights } from './backends/together/download.js'
export { type RunningEndpoint, withTogetherEndpoint } from './backends/together/endpoint.js'
export { createTogetherBackend } from './backends/together/together.js'
export {
  type CritiqueCounts,
  pairsFromCritiques,
  type SampledJudgment,
  type SampledPresentation,
} from './pairs/critiques.js'
export { type LabelledPresentation, labelledPresentations } from './pairs/labelled-presentations.js'
export { nestedSubsets } from './pairs/nested-subsets.js'
export { comparisonChooser, type RejectedOptions, type ResponseScore } from './pairs/rejected-choice.js'
export { loadResponseScores, policyScore } from './pairs/response-scores.js'
export { pairsFromResponses, responsePairs } from './pairs/responses.js'
export {
  groupedSides,
  type PairSides,
  pairCounts,
  publishedSides,
  sharedPrompts,
  splitPairs,
} from './pairs/split-pairs.js'
export { type SpreadOptions, type SpreadPairs, spreadPairs } from './pairs/spread-pairs.js'
export { type JudgingPrompt, pairsFromVerdicts, type VerdictOptions, verdictPairs } from './pairs/verdicts.js'
