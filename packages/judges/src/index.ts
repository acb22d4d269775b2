export { type BatchJob, type BatchJobsOptions, batchStatus, cancelBatches } from './batch/batch-jobs.js'
export { type BatchJudgeOptions, type BatchTuning, createBatchJudge } from './batch/batch-judge.js'
export type { BatchReach, BatchRecord, LineCounts } from './batch/batch-record.js'
export {
  type BatchTerms,
  type HostedBatchTerms,
  OPENAI_TERMS,
  type ShardLimits,
  TOGETHER_TERMS,
  VLLM_TERMS,
} from './batch/batch-terms.js'
export { type FilesAndRounds, filesAndRounds } from './batch/files-and-rounds.js'
export { createVllmJudge } from './batch/vllm-judge.js'
export { type AnswerCache, openAnswerCache } from './cache/answer-cache.js'
export { type BatchOutlook, type EngineOutlook, meanLineBytes, type OnlineOutlook } from './estimate/engine-outlook.js'
export {
  type CostEstimate,
  type EstimateRequest,
  estimateJudge,
  type JudgeEstimate,
} from './estimate/estimate-judge.js'
export type { OutputExpectation } from './estimate/expected-output.js'
export type { TimeExpectation } from './estimate/expected-seconds.js'
export type {
  Answer,
  BulkAnswer,
  BulkCall,
  BulkJudge,
  Call,
  CollectOptions,
  Judge,
  OwnJudge,
  ServiceJudge,
  ServiceReply,
  ServiceRequest,
} from './judge.js'
export { type AnswerSchema, answerSchema } from './modes/answer-schema.js'
export { answerText } from './modes/answer-text.js'
export { askingOf, defaultPromptName, type ModelAbilities } from './modes/asking-of.js'
export { composeMessages, messageComposer, type Shot } from './modes/compose-messages.js'
export type { Question } from './modes/question.js'
export { type AnswerGiven, readAnswer } from './modes/read-answer.js'
export { readLabel } from './modes/read-label.js'
export { readLogprobs, type TokenLogprob } from './modes/read-logprobs.js'
export { readStructured } from './modes/read-structured.js'
export { type AskedPresentations, presentComparisons, show } from './presentations.js'
export { type JudgingPrompt, loadPrompt, parsePrompt } from './prompts/load-prompt.js'
export { createLocalJudge, type LocalJudgeOptions } from './providers/local.js'
export { type ModelFacts, modelAbilities, modelFacts, pricesOf, type SourcedPrices } from './providers/model-facts.js'
export { NULL_JUDGES, type NullJudge } from './providers/null-judges.js'
export { createReplayJudge, type Recorded } from './providers/replay.js'
export { createServiceJudge, type ServiceJudgeOptions } from './providers/service-judge.js'
export { settingNames, type Way } from './providers/service-settings.js'
export { type EvalTemplate, loadEvalTemplate } from './providers/together-evals/load-template.js'
export { createTogetherEvalsJudge, type TogetherEvalsOptions } from './providers/together-evals/together-evals.js'
export { type Budget, type BudgetLimits, createBudget, type Reservation, type Spent } from './run/budget.js'
export { type Clock, systemClock } from './run/clock.js'
export type { Halt, HaltReason } from './run/halt.js'
export { createKeyTable, type KeyTable } from './run/key-table.js'
export { requestDigest } from './run/request-digest.js'
export { RETRY_POLICY, type RetryPolicy } from './run/retries.js'
export { presentationsDigest, runIdOf } from './run/run-id.js'
export { runJudge } from './run/run-judge.js'
export { type LockstepRequest, type LockstepResult, type LockstepSide, runLockstep } from './run/run-lockstep.js'
export type { RunMeans, RunReport, RunRequest, Stopped } from './run/run-request.js'
export type { RunProgress } from './run/run-tally.js'
export { createServiceGates, type Ending, type Pass, type ServiceGate, type ServiceGates } from './run/service-gate.js'
export { loadUnlogged } from './run/unlogged.js'
export { usdText } from './run/usd-text.js'
