export type { Split } from '@judgelab/core'
export {
  AUDIT_CHECKS,
  type AuditCase,
  type AuditCheck,
  type AuditedCase,
  type AuditFinding,
  type AuditReport,
  type AuditVerdict,
} from './audit/audit-report.js'
export { type AuditInput, auditSplit, auditSteps } from './audit/audit-split.js'
export { type Banding, bandingFor, candidateChance } from './audit/lsh-bands.js'
export {
  type NearDuplicate,
  nearDuplicateSteps,
  nearDuplicates,
  nearDuplicatesWithin,
  nearDuplicatesWithinSteps,
} from './audit/near-duplicates.js'
export { normalText, promptKey, wordsOf } from './audit/normal-text.js'
export type { AuditedPairs } from './audit/pair-checks.js'
export { pairPromptKey, promptDigest } from './audit/pair-prompt-key.js'
export type { AuditedSides } from './audit/prompt-checks.js'
export { jaccard, shinglesOf } from './audit/shingles.js'
export { AUDIT_CASES } from './audit/tally.js'
export { type Benchmark, benchmarkOf, benchmarkWords, type Origin } from './benchmark.js'
export {
  benchmarkFiles,
  findKeptBenchmark,
  keepBenchmark,
  loadKeptBenchmark,
  loadKeptExamples,
} from './kept-benchmark.js'
export { loadBenchmark } from './load-benchmark.js'
export { createColumnReader } from './sources/column-reader.js'
export { loadFile, type OwnFile } from './sources/file.js'
export type { DownloadProgress } from './sources/hub/download.js'
export {
  type FetchedFiles,
  type FetchHub,
  fetchHubFiles,
  type HubFile,
  type HubFiles,
} from './sources/hub/fetch-hub-files.js'
export { type FetchedLlmbar, type FetchLlmbar, fetchLlmbar, LLMBAR_COMMIT } from './sources/hub/fetch-llmbar.js'
export type { Patience } from './sources/hub/http.js'
export { type HubSettings, hubSettings } from './sources/hub/hub-settings.js'
export { fromJudgeBenchPair, JUDGEBENCH_SUBSETS, loadJudgeBench } from './sources/judgebench.js'
export { loadJudgeBenchVerdicts } from './sources/judgebench-verdicts.js'
export { loadLlmbar } from './sources/llmbar.js'
export { loadLlmbarVerdicts } from './sources/llmbar-verdicts.js'
export { loadRecordedAnswers, type RecordedSource } from './sources/load-recorded-answers.js'
export { describePreview, type FilePreview, previewFile } from './sources/preview-file.js'
export type { Published } from './sources/published-files.js'
export {
  type LeftOut,
  type ReadExamples,
  type RowPlace,
  type RowReader,
  readExamples,
  type Watched,
} from './sources/read-examples.js'
export type { RecordedAnswer, RecordedAnswers } from './sources/recorded-answers.js'
export { loadRewardBench } from './sources/reward-bench.js'
export { fromRewardBench2PublishedRow, loadRewardBench2, REWARD_BENCH_2_SUBSETS } from './sources/reward-bench-2.js'
export { fromRewardBench2Row } from './sources/reward-bench-2-row.js'
export { formatOf } from './sources/rows/read-rows.js'
export { splitByField } from './splits/by-field.js'
export { splitGrouped } from './splits/grouped.js'
export { type ExampleGroup, exampleGroups, siblingKey, siblingsOf } from './splits/groups.js'
export { foldsOf, splitKFold } from './splits/k-fold.js'
export { type PrintedExample, printedExamples } from './splits/printed-examples.js'
export { examplesOn, splitBenchmark, splitFingerprint } from './splits/split.js'
export { loadSplit, saveSplit, toSplitFile } from './splits/split-file.js'
export { type Rows, splitTogether2026 } from './splits/together-2026.js'
export { type SplitDifference, verifySplit } from './splits/verify-split.js'
export { createExampleInspector, type ExampleInspector, LONG_RESPONSE } from './validation/example-inspector.js'
export {
  type Counts,
  type DataProblem,
  type DataReport,
  leftOutCount,
  NOTE_KINDS,
  type NoteKind,
  type Ownership,
  SKIP_KINDS,
  type SkipKind,
} from './validation/problem.js'
export { createProblemLog, describeProblem, type ProblemLog } from './validation/problem-log.js'
