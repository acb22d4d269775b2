export {
  type AblationArm,
  type AblationCount,
  type AblationPoint,
  type AblationResult,
  ablationResult,
  type CountContrast,
  type JudgedCell,
} from './ablation/ablation-result.js'
export { type Accuracy, accuracyOf, type Sureness } from './accuracy.js'
export { claimPlanning, neededSizes, type PlanningRow } from './claims/claim-planning.js'
export {
  type ClaimedContrast,
  type ClaimedJudge,
  type ClaimedRate,
  type ClaimedSubset,
  type ClaimProblem,
  type ClaimResult,
  type CurveRow,
  claimResult,
} from './claims/claim-result.js'
export {
  claimContrastTable,
  claimJudgeTable,
  claimLabel,
  claimPlanningTable,
  claimSubsetTable,
  detectableTable,
  holdsUpTo,
  neededTable,
  rangeText,
  sourceWords,
} from './claims/claim-tables.js'
export { type CountRange, type PrintedFigure, printedFigure } from './claims/printed-count.js'
export {
  claimOfPublished,
  loadPublishedExperiment,
  type PublishedExperiment,
  type PublishedJudge,
  type PublishedResult,
  publishedLabel,
} from './claims/published-experiment.js'
export { type RebuiltPairs, type RebuiltSplit, rebuiltPairs } from './claims/published-pairs.js'
export {
  claimTieTable,
  publishedAccuracyTable,
  publishedPriceTable,
  publishedSubsetTable,
  rebuiltPairsTable,
} from './claims/published-tables.js'
export { type PrintedStratum, type TableBounds, tableBounds } from './claims/table-bounds.js'
export { type ComparedRun, compareRuns, type RunComparison } from './compare-runs.js'
export { contrastBySubset, type Difference, type PairedResult, pairedResult, type SubsetContrast } from './contrast.js'
export { duplicateFigures } from './duplicates.js'
export { failureCounts } from './failures.js'
export { countFlips, FLIP_KINDS, type Flip, type FlipKind, flipsOf } from './flips.js'
export type { IntervalStatus } from './interval-by-prompt.js'
export { JUDGE_KINDS, type Judged, type JudgeKind, verdictsUnder } from './judged.js'
export { levelText } from './level-text.js'
export { type OrderCounts, orderCounts } from './orders.js'
export { isClustered, type PromptOf, promptsOf } from './prompts.js'
export { repeatedComparisons } from './repeated.js'
export { buildResults, type StudyEvidence } from './results/build-results.js'
export { judgeResult } from './results/judge-result.js'
export { loadResults, loadResultsFile, resultsFile, studyName } from './results/load-results.js'
export type {
  ContrastResult,
  CueFigures,
  DuplicateFigures,
  JudgeResult,
  LengthFigures,
  OverallLengthFigures,
  PairsResult,
  RuleResult,
  Scored,
  StudyResults,
  SubsetCount,
  TrainingPoint,
  TuningResult,
} from './results/study-results.js'
export { type RunSummary, runSummary, type Spread, type UsageTotals } from './run-summary.js'
export { type SqlRow, type SqlValue, sql } from './sql/sql.js'
export { SQL_VIEWS, type SqlView } from './sql/views.js'
export { type StoppedEarly, sequentialResult } from './stopped-early.js'
export type { Column, ColumnKind, IntervalValue, Table, TableRow, TableValue } from './table.js'
export { auditTable } from './tables/audit-table.js'
export { comparedRunsTable, runContrastTable } from './tables/compare-tables.js'
export {
  contrastBySubsetTable,
  contrastByTiePolicyTable,
  contrastTable,
  flipTable,
  isTuningContrast,
  labelOf,
} from './tables/contrast-tables.js'
export { benchmarkTable, trainingTable } from './tables/data-tables.js'
export { duplicateTable } from './tables/duplicate-table.js'
export {
  accuracyTable,
  contenders,
  intervalOf,
  passTestTable,
  positionTable,
  ruleTable,
  subsetTable,
  tiePolicyTable,
} from './tables/judge-tables.js'
export { policyWords } from './tables/policy-words.js'
export { syntheticWords } from './tables/synthetic-words.js'
export {
  cueFigures,
  cueTable,
  lengthFigures,
  overallLengthFigures,
  type ResponseLength,
  responseLengths,
} from './texts.js'
