export { canonicalJson, digest, digestText } from './digest.js'
export { ConfigError, DatasetFormatError, DownloadError, JudgeCallError } from './errors.js'
export { type DraftLines, draftLines, saveJson, saveJsonl, saveText } from './files/atomic-write.js'
export { type JsonlLine, jsonlDigestSteps, parseJson, readJsonl, toJsonl } from './files/jsonl.js'
export { loadModelRegistry } from './files/load-model-registry.js'
export {
  cutTornLine,
  endOfWholeLines,
  listRuns,
  loadJudgments,
  loadRunManifest,
  mendLog,
  readJudgments,
} from './files/load-run.js'
export { findProject, type Project, projectAt } from './files/project.js'
export { type RunFolder, runFolder } from './files/run-folder.js'
export { LOCK, ownFolder, ownRun, runOwner } from './files/run-lock.js'
export { type Asking, DECISIONS, type Decision } from './formats/asking.js'
export type { BenchmarkFile } from './formats/benchmark-file.js'
export type { Claim, ClaimJudge, PrintedCount } from './formats/claim.js'
export { allComparisons, type Comparison, comparisonOf, firstComparison } from './formats/comparison.js'
export { type Example, type Response, rejectedOf } from './formats/example.js'
export type { HostedEndpoint, HostedTuning, HubPlaces, WandbRun } from './formats/hosted-tuning.js'
export { isPlainJudgment } from './formats/is-plain-judgment.js'
export { APIS, type Api, type JudgeSpec, judgeId, PROVIDERS, type Provider } from './formats/judge.js'
export type { Judgment, Usage } from './formats/judgment.js'
export { type AxisValue, type MatrixCell, matrixCells, type StudyMatrix } from './formats/matrix.js'
export { type Message, type Prompt, promptText } from './formats/message.js'
export type { Figure, ModelEntry, ModelRegistry, Stated } from './formats/model-registry.js'
export { type AskedOrders, ORDERS, type Orders, slotsByOrder } from './formats/orders.js'
export {
  type Choice,
  type Classed,
  FAILURE_REASONS,
  type Failed,
  type FailureReason,
  type Outcome,
  type Rating,
} from './formats/outcome.js'
export {
  parseBenchmarkFile,
  parseExample,
  parseJudgment,
  parseModelRegistry,
  parsePreferencePair,
  parseRunManifest,
  parseSplitFile,
  type Where,
} from './formats/parse.js'
export { parseClaim } from './formats/parse-claim.js'
export { parsePromptFile } from './formats/parse-prompt-file.js'
export { parseStudy, studyPlace } from './formats/parse-study.js'
export { PAIR_STRATEGIES, type PairOrigin, type PairStrategy, type PreferencePair } from './formats/preference-pair.js'
export { MODES, type Mode, type Presentation, presentationOf, type ShownPresentation } from './formats/presentation.js'
export { costUsd, type TokenPrices } from './formats/prices.js'
export {
  PROMPT_OUTPUTS,
  type PromptFile,
  type PromptHead,
  type PromptOutput,
} from './formats/prompt-file.js'
export {
  type EndpointSession,
  endpointUsd,
  type PricedEndpoint,
  type RunEndpoint,
  sessionAt,
} from './formats/run-endpoint.js'
export type { GitState, Resumption, RunManifest, Software } from './formats/run-manifest.js'
export { askedOf, type Split, type SplitFile, type SplitParameters } from './formats/split.js'
export {
  BACKENDS,
  type Backend,
  BENCHMARK_FORMATS,
  BENCHMARK_SOURCES,
  type BenchmarkColumns,
  type BenchmarkFormat,
  type BenchmarkSource,
  type ByFieldSplit,
  type GroupedSplit,
  type KFoldSplit,
  type LabelValue,
  type NoSplit,
  PROBLEM_POLICIES,
  type ProblemPolicy,
  SPLIT_METHODS,
  type SplitMethod,
  type Study,
  type StudyAudit,
  type StudyBenchmark,
  type StudyBudget,
  type StudyContrast,
  type StudyEvaluation,
  type StudySplit,
  type StudyStatistics,
  type StudyStopping,
  type StudyTuning,
  type Together2026Split,
} from './formats/study.js'
export {
  CONSISTENCIES,
  type Consistency,
  ENGINES,
  type Engine,
  type JudgeLimits,
  LOCAL_MODELS,
  type LocalModel,
  RECORDED_FORMATS,
  type RecordedFormat,
  type StudyControl,
  type StudyJudge,
  type StudyPanel,
  VOTES,
  type Vote,
} from './formats/study-judge.js'
export {
  LEAK_POLICIES,
  type LeakPolicy,
  PAIR_LENGTHS,
  PAIR_SPLITS,
  PAIR_WEIGHTS,
  type PairLengths,
  type PairSplit,
  type PairWeights,
  REJECTED_CHOICES,
  type RejectedChoice,
  type StudyPairCleaning,
  type StudyPairs,
  strategiesOf,
} from './formats/study-pairs.js'
export {
  LEARNING_SCHEDULES,
  type LearningSchedule,
  LOSSES,
  type Loss,
  REFUSED_LOSSES,
  refusedLoss,
} from './formats/tuning-loss.js'
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
export { groupBy } from './group-by.js'
export { createGrowingNumbers, type GrowingNumbers } from './long-lists/growing-numbers.js'
export { LONG_LIST, LONG_TEXTS, lazyList, listAt } from './long-lists/lazy-list.js'
export { createRecordStore, type RecordStore, type Records } from './long-lists/record-store.js'
export { createMersenneTwister } from './random/mersenne-twister.js'
export { createNumpyRandom, type NumpyRandom } from './random/numpy-random.js'
export { suggestion } from './schemas/problem.js'
export { finish, finishBreathing, type Steps, stepEach } from './steps.js'
export { promptTokens } from './tokens/prompt-tokens.js'
export { type TokenFamily, tokenFamilyOf } from './tokens/token-family.js'
export { OTHER_FAMILY_ERROR, type Tokenizer, tokenizerFor, tokenizerOfFamily } from './tokens/tokenizer.js'
