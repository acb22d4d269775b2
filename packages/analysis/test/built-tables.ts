import { findProject, parseClaim } from '@judgelab/core'
import type { ClaimResult, LargeScores, RebuiltPairs, RunComparison, StudyResults, Table } from '../src/index.js'
import * as analysis from '../src/index.js'
import { curveResults, recipeResults, resultsWith, withoutMatrix } from './ablation-results.js'
import { cell } from './made-ablation.js'

/** Every table of `@judgelab/analysis` by the name of its function, each made of a poor study and of a rich one, so that columns that may be left out are there once and not there once. */
export async function builtTables(): Promise<ReadonlyMap<string, readonly Table[]>> {
  const studies = [poorResults(), richResults()]
  const project = findProject(import.meta.dirname)
  const published = await analysis.loadPublishedExperiment('together-2026-02', project)
  const ofStudies = (make: (results: StudyResults) => Table): readonly Table[] =>
    studies.map((results) => make(results))
  const ofContrasts = (make: (results: StudyResults, contrast: StudyResults['contrasts'][number]) => Table): Table[] =>
    studies.flatMap((results) => results.contrasts.map((contrast) => make(results, contrast)))
  const ofAblations = (make: (results: StudyResults) => Table): readonly Table[] =>
    [curveResults(), recipeResults(), lonelyAblation()].map((results) => make(results))
  const ofClaims = (make: (result: ClaimResult) => Table): readonly Table[] => claims.map((result) => make(result))
  return new Map<string, readonly Table[]>([
    ['accuracyTable', ofStudies(analysis.accuracyTable)],
    ['agreementTable', ofStudies(analysis.agreementTable)],
    ['auditTable', [analysis.auditTable(AUDIT, 'An audit.')]],
    ['averageTable', ofStudies(analysis.averageTable)],
    ['benchmarkTable', ofStudies(analysis.benchmarkTable)],
    ['calibrationTable', ofStudies(analysis.calibrationTable)],
    ['contrastBySubsetTable', ofContrasts(analysis.contrastBySubsetTable)],
    ['contrastByTiePolicyTable', ofContrasts(analysis.contrastByTiePolicyTable)],
    ['contrastTable', ofStudies(analysis.contrastTable)],
    ['costTable', ofStudies(analysis.costTable)],
    ['cueTable', ofStudies(analysis.cueTable)],
    ['duplicateTable', ofStudies(analysis.duplicateTable)],
    ['flipBySubsetTable', ofContrasts(analysis.flipBySubsetTable)],
    ['flipTable', ofContrasts(analysis.flipTable)],
    [
      'leaderboardTable',
      [
        ...ofStudies((held) => analysis.leaderboardTable(held, 'post-DPO')),
        ...ofStudies((held) => analysis.leaderboardTable({ ...held, contrasts: [] }, 'baseline')),
      ],
    ],
    ['largeAccuracyTable', [analysis.largeAccuracyTable(LARGE)]],
    ['largeDifferenceTable', [analysis.largeDifferenceTable(LARGE)]],
    ['lengthTable', ofStudies(analysis.lengthTable)],
    ['listPriceTable', ofStudies(analysis.listPriceTable)],
    ['passTestTable', ofStudies(analysis.passTestTable)],
    ['positionTable', ofStudies(analysis.positionTable)],
    ['powerTable', ofStudies(analysis.powerTable)],
    ['ruleTable', ofStudies(analysis.ruleTable)],
    ['selfPreferenceTable', ofStudies(analysis.selfPreferenceTable)],
    ['sensitivityTable', ofStudies(analysis.sensitivityTable)],
    ['subsetTable', ofStudies(analysis.subsetTable)],
    ['swapTable', ofStudies(analysis.swapTable)],
    ['tiePolicyTable', ofStudies(analysis.tiePolicyTable)],
    ['trainingTable', ofStudies(analysis.trainingTable)],
    ['verbosityTable', ofStudies(analysis.verbosityTable)],
    ['comparedRunsTable', studies.map((held) => analysis.comparedRunsTable(comparisonOf(held)))],
    ['runContrastTable', studies.map((held) => analysis.runContrastTable(comparisonOf(held)))],
    ['ablationTable', ofAblations(analysis.ablationTable)],
    ['ablationSubsetTable', ofAblations(analysis.ablationSubsetTable)],
    ['ablationSubsetContrastTable', ofAblations(analysis.ablationSubsetContrastTable)],
    ['sufficientTable', ofAblations(analysis.sufficientTable)],
    ['armTable', ofAblations(analysis.armTable)],
    ['effectTable', ofAblations(analysis.effectTable)],
    ['claimJudgeTable', ofClaims(analysis.claimJudgeTable)],
    ['claimContrastTable', ofClaims(analysis.claimContrastTable)],
    ['claimPlanningTable', ofClaims((held) => analysis.claimPlanningTable(held, held.contrasts[0]!))],
    ['claimSubsetTable', ofClaims((held) => analysis.claimSubsetTable(held, held.contrasts[0]!))],
    ['claimTieTable', ofClaims(analysis.claimTieTable)],
    ['detectableTable', ofClaims((held) => analysis.detectableTable(held.subsets))],
    ['neededTable', [analysis.neededTable([0.2], [0.3])]],
    ['publishedAccuracyTable', [analysis.publishedAccuracyTable(published)]],
    ['publishedPriceTable', [analysis.publishedPriceTable(published)]],
    ['publishedSubsetTable', [analysis.publishedSubsetTable(published)]],
    ['rebuiltPairsTable', [analysis.rebuiltPairsTable(published, rebuilt)]],
  ])
}

/** Claims of two judges: with ties, and without. */
const claims: readonly ClaimResult[] = ['correct: 8, ties: 1, subsets: { s: 8 }', 'correct: 8, subsets: { s: 8 }'].map(
  (judge) =>
    analysis.claimResult(
      parseClaim(
        `version: 1\ntitle: t\nn: 10\nsubsets: { s: 10 }\njudges: [{ name: a, ${judge} }, { name: b, ${judge} }]`,
        'a test',
      ),
    ),
)

/** Pairs of one subset, rebuilt with one shuffle and with two. */
const rebuilt: RebuiltPairs = {
  bySplit: [1, 2].map((shuffles) => ({
    shuffles,
    trainBySubset: {},
    validationBySubset: {},
    validation: 1,
    shared: 1,
  })),
  shuffles: 2,
  ties: { examples: 1, ofExamples: 2, pairs: 1, ofPairs: 2 },
}

/** One number of pairs and no untuned judge: nothing to compare. */
function lonelyAblation(): StudyResults {
  return resultsWith([cell(10, 1, 20), cell(10, 2, 21)], { count: [10], seed: [1, 2] })
}

/** A study of partial credit without split, pairs, costs and times. */
function poorResults(): StudyResults {
  const results = withoutMatrix()
  const judges = results.judges.map((judge) => {
    const summary = { ...judge.cost.summary, latencyMs: null, tokensPerSecond: null }
    return { ...judge, cost: { ...judge.cost, summary } }
  })
  const contrasts = results.contrasts.slice(0, 1).map((contrast) => ({
    ...contrast,
    subsets: contrast.subsets.map((subset) => ({ ...subset, table: null, test: 'sign-flip by prompt' as const })),
  }))
  return { ...results, judges, contrasts, split: { ...results.split, method: 'none' } }
}

/** A study of which everything is known: pairs, second run, official score, cost, tokens; tests and verdicts that differ. */
const LISTED = {
  model: 'm',
  input: 1,
  output: 2,
  blended: 1.1,
  blend: { inputTokens: 9, outputTokens: 1 },
  tokensPerSecond: 50,
}

function richResults(): StudyResults {
  const results = withoutMatrix()
  const [first, ...rest] = results.contrasts as [StudyResults['contrasts'][number], ...StudyResults['contrasts']]
  const noise = { runId: 'again', n: 4, flips: first.flips }
  const primary = {
    ...first.primary,
    test: 'exact McNemar',
    table: { both: 1, onlyA: 1, onlyB: 1, neither: 1 },
  } as const
  const subsets = first.subsets.map((subset, at) => ({
    ...subset,
    test: at === 0 ? ('exact McNemar' as const) : ('sign-flip by prompt' as const),
    table: primary.table,
  }))
  return {
    ...results,
    pairs: { trainBySubset: {} } as unknown as StudyResults['pairs'],
    contrasts: [{ ...first, primary, subsets, noise }, ...rest, { ...first, against: 'longer', primary }],
    judges: results.judges.map((judge, at) => ({
      ...judge,
      orders: { ...judge.orders, positionTest: at === 0 ? 'exact binomial' : 'sign-flip by prompt' },
      official: { ...judge.official, status: 'known', mean: 0.5 },
      bias: { ...judge.bias, verbosity: { ...judge.bias.verbosity, meanOutputTokens: 10 } },
      cost: {
        ...judge.cost,
        list: { ...LISTED, source: `list ${at}` },
        usdPerThousand: 1,
        summary: {
          ...judge.cost.summary,
          latencyMs: { median: 1, p95: 2 },
          tokensPerSecond: { median: 3, p95: 4 },
        } as typeof judge.cost.summary,
      },
    })) as StudyResults['judges'],
  }
}

/** The study's first judges as runs of `judgelab compare`; one pair of a poor study, several of a rich one. */
function comparisonOf({ judges, evaluation, statistics, contrasts, pairs }: StudyResults): RunComparison {
  const runs = judges.map(({ name, label, runId, comparisons, counts, accuracy }) => ({
    ...{ name, label, runId, comparisons, counts },
    accuracy: accuracy.wrong,
  }))
  return {
    evaluation,
    statistics,
    synthetic: true,
    runs,
    contrasts: pairs === null ? contrasts.slice(0, 1) : contrasts,
  }
}

const AUDIT = {
  findings: [{ name: 'prompts-exact', verdict: 'ok', summary: '', counts: { found: 0, of: 3 } }],
  nearDuplicates: 0.6,
} as unknown as NonNullable<StudyResults['audit']>

const LARGE: LargeScores = {
  rule: 'consistent',
  policies: { ties: 'wrong', failures: 'wrong' },
  level: 0.95,
  runs: [],
  contrasts: [],
}
