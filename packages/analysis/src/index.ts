export { type Accuracy, accuracyOf, type Sureness } from './accuracy.js'
export { contrastBySubset, type Difference, type PairedResult, pairedResult, type SubsetContrast } from './contrast.js'
export { duplicateFigures } from './duplicates.js'
export { failureCounts } from './failures.js'
export { countFlips, FLIP_KINDS, type Flip, type FlipKind, flipsOf } from './flips.js'
export type { IntervalStatus } from './interval-by-prompt.js'
export { JUDGE_KINDS, type Judged, type JudgeKind } from './judged.js'
export { levelText } from './level-text.js'
export { type OrderCounts, orderCounts } from './orders.js'
export { isClustered, type PromptOf, promptsOf } from './prompts.js'
export { repeatedComparisons } from './repeated.js'
export { buildResults, type StudyEvidence } from './results/build-results.js'
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
export { type SqlRow, type SqlValue, sql } from './sql/sql.js'
export { SQL_VIEWS, type SqlView } from './sql/views.js'
export type { Column, ColumnKind, IntervalValue, Table, TableRow, TableValue } from './table.js'
export { auditTable } from './tables/audit-table.js'
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
