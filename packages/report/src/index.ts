export { findChromium, tryFindChromium } from './browser/find-chromium.js'
export { launchChromium } from './browser/launch-chromium.js'
export { printFigures, printPdf } from './browser/print-pdf.js'
export { type AccuracyChartOptions, type AccuracyRow, accuracyChart } from './charts/accuracy-chart.js'
export { type CountRow, countChart } from './charts/count-chart.js'
export type { CurveBandRow, CurveRow } from './charts/curve-layers.js'
export { type CurvePanel, type CurvePanelsChartOptions, curvePanelsChart } from './charts/curve-panels-chart.js'
export { type DifferenceChartOptions, type DifferenceRow, differenceChart } from './charts/difference-chart.js'
export { type FlipRow, flipChart } from './charts/flip-chart.js'
export { type HeatmapRow, heatmapChart } from './charts/heatmap-chart.js'
export { type HistogramChartOptions, type HistogramRow, histogramChart } from './charts/histogram-chart.js'
export { htmlFigure } from './charts/html-figure.js'
export { type LearningCurveChartOptions, learningCurveChart } from './charts/learning-curve-chart.js'
export { type PairingChartOptions, type PairingRow, pairingChart } from './charts/pairing-chart.js'
export { type ParetoChartOptions, type ParetoRow, paretoChart, paretoFront } from './charts/pareto-chart.js'
export type { ChartOptions } from './charts/parts.js'
export { type PositionRow, positionChart } from './charts/position-chart.js'
export { type PowerChartOptions, type PowerRow, powerChart } from './charts/power-chart.js'
export { type ReliabilityRow, reliabilityChart } from './charts/reliability-chart.js'
export { renderPng } from './charts/render-png.js'
export { renderSvg } from './charts/render-svg.js'
export { type SlopeChartOptions, type SlopePoint, type SlopeRow, slopeChart } from './charts/slope-chart.js'
export { type SubsetChartOptions, type SubsetRow, subsetChart } from './charts/subset-chart.js'
export { type TrainingPoint, trainingChart } from './charts/training-chart.js'
export type { Json, JsonObject, VegaLiteSpec } from './charts/vega-lite-spec.js'
export { type ClaimOrigin, claimPage } from './claim-report/claim-page.js'
export { ablationFigure, ablationSubsetFigure } from './figures/ablation-figures.js'
export { claimAccuracyFigure, claimPairingFigure } from './figures/claim-figures.js'
export { lengthFigure } from './figures/length-figure.js'
export {
  heatmapFigure,
  paretoFigure,
  positionFigure,
  powerFigure,
  reliabilityFigure,
} from './figures/measure-figures.js'
export { eachContrast, eachTuning, figureAndFinding, tableAndSentence } from './figures/shown.js'
export {
  accuracyFigure,
  contrastFigure,
  flipFigure,
  slopeFigure,
  subsetCountFigure,
  subsetDifferenceFigure,
  subsetFigure,
  trainingFigure,
} from './figures/study-figures.js'
export { escapeHtml, escapeMarkdown, showHidden } from './format/escape.js'
export { csvText } from './format/escape-csv.js'
export { escapeLatex } from './format/escape-latex.js'
export {
  formatInteger,
  formatInterval,
  formatNumber,
  formatP,
  formatPercent,
  formatPoints,
  formatPointsInterval,
  MISSING,
} from './format/numbers.js'
export { type InstalledKernel, installKernel } from './kernel/install-kernel.js'
export { type Kernel, type StartKernelOptions, startKernel } from './kernel/start-kernel.js'
export { type CellProgress, type ExecuteNotebookOptions, executeNotebook } from './notebook/execute-notebook.js'
export { loadNotebook, parseNotebook } from './notebook/load-notebook.js'
export type { Cell, ExecutedNotebook, Notebook, Output } from './notebook/notebook.js'
export { NotebookError } from './notebook/notebook-error.js'
export { notebookText, saveNotebook } from './notebook/save-notebook.js'
export { type NotebookParameters, withParameters } from './notebook/with-parameters.js'
export { type ReportFile, renderReport } from './page/render-report.js'
export type {
  ExampleContrast,
  ExampleJudgment,
  Labelled,
  ReportExample,
  ReportExamples,
  ReportInput,
  ReportMethods,
  ReportPrompt,
  ReportSection,
} from './page/report-input.js'
export { listedFiles, saveReport } from './page/save-report.js'
export { ablationLimits } from './sentences/ablation-limits.js'
export { ablationSubsetSentences } from './sentences/ablation-subset-sentences.js'
export { answerSentence, contrastSentence } from './sentences/answer-sentence.js'
export { armSentences, armsSentence, effectsSentence } from './sentences/arm-sentences.js'
export { auditSentences } from './sentences/audit-sentences.js'
export {
  claimAnswer,
  claimFiguresSentence,
  claimHoldsSentence,
  claimPlanningSentence,
  claimProblemSentence,
  claimSentence,
  claimSentences,
  claimSubsetSentence,
  claimTieSentence,
  detectableSubsetsSentence,
  neededSentence,
  pairsRebuiltSentence,
} from './sentences/claim-sentences.js'
export {
  curveSentences,
  detectableSentences,
  seedSentences,
  subsetCurveSentences,
  untunedSentences,
} from './sentences/curve-sentences.js'
export {
  benchmarkAnswer,
  cueSentence,
  duplicateSentence,
  lengthsSentence,
  meanLengthsSentence,
  pairShareSentence,
  splitSentence,
} from './sentences/data-sentences.js'
export { smallestSubsetSentence } from './sentences/judge-sentences.js'
export {
  agreementSentence,
  biasAnswer,
  calibrationSentence,
  costSentence,
  lengthSentences,
  listPriceSentence,
  powerSentence,
  reliabilitySentence,
  selfPreferenceSentence,
  sensitivitySentence,
  speedSentence,
  tunedLengthSentences,
  verbositySentence,
} from './sentences/measure-sentences.js'
export {
  publishedAccuracySentence,
  publishedPriceSentence,
  publishedSplitSentence,
  publishedSubsetSentence,
  publishedTuningSentence,
} from './sentences/published-sentences.js'
export { repeatedSentence, repeatedSentences } from './sentences/repeated-sentence.js'
export { answerText, sentenceList } from './sentences/sentence-list.js'
export { studyAnswer } from './sentences/study-answer.js'
export {
  benchmarkSentence,
  countsSentence,
  pairsSentence,
  policySentence,
  trainingSentence,
} from './sentences/study-sentences.js'
export { subsetSentence } from './sentences/subset-sentence.js'
export { ablationAnswer, sufficientSentences } from './sentences/sufficient-sentences.js'
export {
  averagesSentence,
  judgesAnswer,
  leaderboardSentence,
  passTestSentence,
  positionSentence,
  rankingSentence,
  rulesSentence,
  tiePoliciesSentence,
  untunedJudges,
  verdictCountsSentence,
} from './sentences/table-sentences.js'
export {
  contrastsAmong,
  contrastsSentence,
  flipBalanceSentence,
  flipKindsSentence,
  flipSubsetsSentence,
  powersSentence,
  trainingSentences,
  tuningAnswers,
  tuningContrasts,
  validationSentence,
} from './sentences/tuning-sentences.js'
export { csvTable } from './tables/csv-table.js'
export { htmlTable } from './tables/html-table.js'
export { latexTable } from './tables/latex-table.js'
export { markdownTable } from './tables/markdown-table.js'
export { textTable } from './tables/text-table.js'
