export {
  type AblationArm,
  type AblationCount,
  type AblationPoint,
  type AblationResult,
  ablationResult,
} from './ablation/ablation-result.js'
export type { AxisEffect } from './ablation/arm-contrasts.js'
export {
  armLabel,
  axisWords,
  isAllPairs,
  seedRange,
  shortArmLabel,
  valueWords,
  variedAxes,
} from './ablation/arm-words.js'
export type { MeanAccuracy } from './ablation/count-accuracies.js'
export type { CountContrast } from './ablation/count-contrasts.js'
export type { JudgedCell } from './ablation/scored-runs.js'
export { type Accuracy, accuracyOf, type Sureness } from './accuracy.js'
export { claimPlanning, type NeededComparisons, neededSizes, type PlanningRow } from './claims/claim-planning.js'
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
export { loadClaim } from './claims/load-claim.js'
export { type CountRange, type PrintedFigure, printedFigure } from './claims/printed-count.js'
export {
  claimOfPublished,
  loadPublishedExperiment,
  type PublishedExperiment,
  type PublishedJudge,
  type PublishedResult,
  publishedLabel,
  tryLoadPublishedExperiment,
} from './claims/published-experiment.js'
export { type RebuiltPairs, type RebuiltSplit, rebuiltPairs } from './claims/published-pairs.js'
export {
  claimTieTable,
  costRatio,
  publishedAccuracyTable,
  publishedPriceTable,
  publishedSubsetTable,
  rebuiltPairsTable,
} from './claims/published-tables.js'
export { type PrintedStratum, type TableBounds, tableBounds } from './claims/table-bounds.js'
export { type ComparedRun, compareRuns, type RunComparison } from './compare-runs.js'
export { contrastBySubset, type Difference, type PairedResult, pairedResult, type SubsetContrast } from './contrast.js'
export { CONTRAST_FAMILIES, contrastFamily } from './contrast-family.js'
export { duplicateFigures } from './duplicates.js'
export { failureCounts } from './failures.js'
export { countFlips, FLIP_KINDS, type Flip, type FlipKind, flipsOf } from './flips.js'
export type { IntervalStatus } from './interval-by-prompt.js'
export { JUDGE_KINDS, type Judged, type JudgedModel, type JudgeKind, verdictsUnder } from './judged.js'
export { levelText } from './level-text.js'
export type { Agreement } from './measures/agreement.js'
export type { MacroAccuracy } from './measures/averages.js'
export type { Calibration, CalibrationBin } from './measures/calibration.js'
export { type JudgeCost, type ListPrice, PUBLISHED_BLEND, type TokenBlend } from './measures/cost.js'
export type { LengthEffect } from './measures/length-effect.js'
export type { OfficialResult } from './measures/official.js'
export type { ContrastPower, PowerPoint } from './measures/power.js'
export type { Preference } from './measures/preference.js'
export type { PolicyRanking, PolicySensitivity, RankedJudge, RankSwap } from './measures/rankings.js'
export type { SelfPreference } from './measures/self-preference.js'
export type { Verbosity } from './measures/verbosity.js'
export { type OrderCounts, orderCounts } from './orders.js'
export { isClustered, type PromptOf, promptsOf } from './prompts.js'
export { repeatedComparisons } from './repeated.js'
export { buildResults, resultSteps, type StudyEvidence } from './results/build-results.js'
export { judgeResult } from './results/judge-result.js'
export type { JudgeType } from './results/judge-type.js'
export { loadResults, loadResultsFile, resultsFile, studyName } from './results/load-results.js'
export type {
  ContrastResult,
  CueFigures,
  DuplicateFigures,
  JudgeBias,
  JudgeResult,
  LengthFigures,
  MeasuredJudge,
  OverallLengthFigures,
  PairsResult,
  RuleResult,
  Scored,
  StudyResults,
  SubsetCount,
  TuningResult,
} from './results/study-results.js'
export { type RunPayment, type RunSummary, runSummary, type Spread, type UsageTotals } from './run-summary.js'
export { largeAccuracyTable, largeDifferenceTable } from './sql/large/large-tables.js'
export type { DuckDbLimits } from './sql/large/open-duckdb.js'
export { type PackedLog, packLog } from './sql/large/pack-log.js'
export {
  type LargeContrast,
  type LargeRequest,
  type LargeRun,
  type LargeScore,
  type LargeScores,
  scoreLargeRuns,
} from './sql/large/score-large-runs.js'
export type { LargeAsked } from './sql/large/verdict-statements.js'
export { type SqlRow, type SqlValue, sql } from './sql/sql.js'
export { SQL_VIEWS, type SqlView } from './sql/views.js'
export { type StoppedEarly, sequentialResult } from './stopped-early.js'
export type { Column, ColumnKind, IntervalValue, Table, TableRow, TableValue } from './table.js'
export type { ColumnSchema, TableSchema } from './table-schemas/table-schema.js'
export { TABLE_GROUPS, type TableGroup } from './table-schemas/table-schemas.js'
export { tablesPage } from './table-schemas/tables-page.js'
export {
  ablationOf,
  ablationSubsetContrastTable,
  ablationSubsetTable,
  ablationTable,
  armTable,
  effectTable,
  sufficientTable,
} from './tables/ablation-tables.js'
export { auditTable } from './tables/audit-table.js'
export {
  agreementTable,
  calibrationTable,
  lengthTable,
  measuredJudges,
  selfPreferenceTable,
  verbosityTable,
} from './tables/bias-tables.js'
export { averageTable } from './tables/category-tables.js'
export { comparedRunsTable, runContrastTable } from './tables/compare-tables.js'
export {
  contrastBySubsetTable,
  contrastByTiePolicyTable,
  contrastTable,
  flipBySubsetTable,
  flipTable,
  isTuningContrast,
  labelOf,
} from './tables/contrast-tables.js'
export { costTable, listPriceTable, referenceJudge } from './tables/cost-tables.js'
export { benchmarkTable, trainingTable } from './tables/data-tables.js'
export { duplicateTable } from './tables/duplicate-table.js'
export { familyCaption } from './tables/families.js'
export { comparedWith } from './tables/judge-order.js'
export {
  accuracyTable,
  contenders,
  intervalOf,
  passTestTable,
  positionPByPass,
  positionTable,
  ruleTable,
  subsetTable,
  tiePolicyTable,
} from './tables/judge-tables.js'
export { type Leaderboard, leaderboardTable } from './tables/leaderboard-table.js'
export { policyWords } from './tables/policy-words.js'
export { powerTable } from './tables/power-table.js'
export { sensitivityTable, swapTable } from './tables/sensitivity-table.js'
export { syntheticWords } from './tables/synthetic-words.js'
export {
  cueFigures,
  cueTable,
  lengthFigures,
  overallLengthFigures,
  type ResponseLength,
  responseLengths,
} from './texts.js'
