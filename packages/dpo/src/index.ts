export {
  JOB_BACKENDS,
  JOB_STATUSES,
  type JobStatus,
  type TunedModel,
  type TuningBackend,
  type TuningEstimate,
  type TuningJob,
  type TuningRequest,
  type WatchOptions,
} from './backends/backend.js'
export type { FindExample } from './backends/compared-responses.js'
export { hasFailed, setAsideJob } from './backends/earlier-jobs.js'
export { jobFile, loadJob, saveJob, tryLoadJob } from './backends/job-file.js'
export { createLocalBackend, LOCAL_FILES, type LocalBackendOptions } from './backends/local.js'
export { downloadTogetherWeights } from './backends/together/download.js'
export {
  type EndpointOptions,
  type RunningEndpoint,
  stopTogetherEndpoints,
  withTogetherEndpoint,
} from './backends/together/endpoint.js'
export { checkTogetherTuning, type TogetherSecrets } from './backends/together/parameters.js'
export { createTogetherBackend } from './backends/together/together.js'
export type { TrainingCurves, TrainingPoint, TuningMetrics } from './backends/training-curves.js'
export { createTrlBackend, type ImportedModel, importTunedModel } from './backends/trl.js'
export { type LocalTuning, type LocalTuningOutcome, tuneLocally } from './backends/tune-locally.js'
export { cardMarkdown } from './card/card-markdown.js'
export type { DataCard, PairFile } from './card/data-card.js'
export {
  createPairTally,
  type PairFigures,
  type PairSide,
  type PairSummary,
  type PairTally,
} from './card/pair-tally.js'
export {
  type CleaningOptions,
  cleanPairs,
  type Dropped,
  type DroppedPair,
  type PairCleaning,
} from './checks/clean-pairs.js'
export { type Contradiction, type Disagreement, type LabelNoise, labelNoise } from './checks/label-noise.js'
export {
  findLeaks,
  type LeakKind,
  type LeakOptions,
  type LeakReport,
  type PairLeak,
  refuseLeaks,
} from './checks/leaks.js'
export { createPairFilter, DROP_REASONS, type DropReason, pairTokens, type TokenLimit } from './checks/pair-filter.js'
export { EXPORT_FORMATS, type ExportFileType, type ExportFormat, FILE_TYPES } from './exports/export-format.js'
export { type ExportedFile, type ExportOptions, exportPairs, type RefusedPair } from './exports/export-pairs.js'
export type { PairTexts, PlainRow, ServiceRow, TrlRow } from './exports/export-rows.js'
export { preferenceFileProblems, readExported } from './exports/read-exported.js'
export { rowProblem } from './exports/row-problem.js'
export { checkTrlTuning, type TrlTraining, trlTrainingFiles } from './exports/trl-training.js'
export { type BuiltPairs, buildPairs, type PairRequest, selectPairs } from './pairs/build-pairs.js'
export {
  type CritiqueCounts,
  pairsFromCritiques,
  type SampledJudgment,
  type SampledPresentation,
} from './pairs/critiques.js'
export { type LabelledPresentation, labelledPresentations, shownId } from './pairs/labelled-presentations.js'
export { nestedSubsets } from './pairs/nested-subsets.js'
export { type PairColumns, type PairSelection, subsetCounts } from './pairs/pair-selection.js'
export { createPairStore, type PairStore } from './pairs/pair-store.js'
export { comparisonChooser, type RejectedOptions, type ResponseScore } from './pairs/rejected-choice.js'
export { loadResponseScores, policyScore } from './pairs/response-scores.js'
export { pairsFromResponses, responsePairs } from './pairs/responses.js'
export {
  groupedSides,
  inMemory,
  type PairSides,
  pairCounts,
  publishedSides,
  type SelectedSides,
  sharedInSelection,
  sharedPrompts,
  splitPairs,
  splitSelection,
} from './pairs/split-pairs.js'
export { type SpreadOptions, type SpreadPairs, spreadPairs } from './pairs/spread-pairs.js'
export { type JudgingPrompt, pairsFromVerdicts, type VerdictOptions, verdictPairs } from './pairs/verdicts.js'
