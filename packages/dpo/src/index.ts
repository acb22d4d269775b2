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
export { nestedSubsets } from './pairs/nested-subsets.js'
export { pairsFromResponses } from './pairs/responses.js'
export {
  groupedSides,
  type PairSides,
  pairCounts,
  publishedSides,
  sharedPrompts,
  splitPairs,
} from './pairs/split-pairs.js'
