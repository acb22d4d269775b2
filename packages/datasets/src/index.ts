export type { Split } from '@judgelab/core'
export {
  AUDIT_CHECKS,
  type AuditCase,
  type AuditCheck,
  type AuditFinding,
  type AuditReport,
  type AuditVerdict,
} from './audit/audit-report.js'
export { type AuditInput, auditSplit } from './audit/audit-split.js'
export { type Banding, bandingFor, candidateChance } from './audit/lsh-bands.js'
export { type NearDuplicate, nearDuplicates } from './audit/near-duplicates.js'
export { normalText, promptKey, wordsOf } from './audit/normal-text.js'
export type { AuditedPairs } from './audit/pair-checks.js'
export type { AuditedSides } from './audit/prompt-checks.js'
export { jaccard, shinglesOf } from './audit/shingles.js'
export { type Benchmark, benchmarkOf } from './benchmark.js'
export { loadBenchmark } from './load-benchmark.js'
export { loadLlmbar } from './sources/llmbar.js'
export { loadLlmbarVerdicts, type RecordedAnswer, type RecordedAnswers } from './sources/llmbar-verdicts.js'
export { fromRewardBench2Row } from './sources/reward-bench-2-row.js'
export { splitByField } from './splits/by-field.js'
export { splitGrouped } from './splits/grouped.js'
export { type ExampleGroup, exampleGroups, siblingKey } from './splits/groups.js'
export { foldsOf, splitKFold } from './splits/k-fold.js'
export { examplesOn, splitBenchmark, splitFingerprint } from './splits/split.js'
export { loadSplit, saveSplit, toSplitFile } from './splits/split-file.js'
export { type Rows, splitTogether2026 } from './splits/together-2026.js'
export { type SplitDifference, verifySplit } from './splits/verify-split.js'
