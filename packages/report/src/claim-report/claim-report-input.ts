import {
  type ClaimedContrast,
  type ClaimResult,
  claimContrastTable,
  claimJudgeTable,
  claimLabel,
  claimPlanningTable,
  claimSubsetTable,
  claimTieTable,
  levelText,
} from '@judgelab/analysis'
import { renderSvg } from '../charts/render-svg.js'
import { claimAccuracyFigure, claimPairingFigure } from '../figures/claim-figures.js'
import { escapeMarkdown } from '../format/escape.js'
import { formatInteger } from '../format/numbers.js'
import type { Cell } from '../notebook/notebook.js'
import type { Labelled, ReportInput, ReportSection } from '../page/report-input.js'
import {
  claimProblemSentence,
  claimSentence,
  claimSentences,
  claimSubsetSentence,
  claimTieSentence,
} from '../sentences/claim-sentences.js'
import { htmlTable } from '../tables/html-table.js'

/** Where a claim's report comes from. */
export interface ClaimOrigin {
  /** The command that makes the report again. */
  readonly reproduce: string
  /** What else belongs into provenance: the claim file and its digest, software. */
  readonly provenance: readonly Labelled[]
}

/** A published comparison as a one-page report, for `renderReport`. */
export async function claimReportInput(result: ClaimResult, origin: ClaimOrigin): Promise<ReportInput> {
  const [first] = result.contrasts
  const hasCurve = first !== undefined && first.curve.length > 0
  const headline = hasCurve ? claimPairingFigure(result) : claimAccuracyFigure(result)
  return {
    title: result.title,
    question: 'What do the printed figures support, and what would it take to know more?',
    answer: first === undefined ? 'The printed figures cannot be compared.' : claimSentence(result, first),
    facts: facts(result),
    headline: { svg: await renderSvg(headline), caption: headline.description },
    sections: await sections(result, hasCurve),
    examples: [],
    methods: methods(result),
    provenance: [
      { label: 'Figures', value: result.source ?? 'as given, without a source' },
      { label: 'Level', value: levelText(result.level) },
      ...origin.provenance,
    ],
    reproduce: origin.reproduce,
    citation: `Figures: ${result.source ?? 'no source given'}.\nWorked out with judgelab: ${origin.reproduce}`,
  }
}

function facts(result: ClaimResult): Labelled[] {
  return [
    { label: 'Figures', value: result.source ?? 'no source given' },
    { label: 'Comparisons', value: formatInteger(result.n) },
    ...(result.subsets.length === 0 ? [] : [{ label: 'Subsets', value: String(result.subsets.length) }]),
    { label: 'Judges', value: result.judges.map(({ label }) => label).join(', ') },
  ]
}

async function sections(result: ClaimResult, hasCurve: boolean): Promise<ReportSection[]> {
  const tied = result.judges.some(({ half }) => half !== null)
  return [
    section('printed', 'What is printed', [
      table(claimJudgeTable(result)),
      ...(hasCurve ? [figure(await renderSvg(claimAccuracyFigure(result)))] : []),
      ...(result.problems.length === 0 ? [] : [prose(problemList(result))]),
    ]),
    ...(result.contrasts.length === 0
      ? []
      : [
          section('allowed', 'What the figures allow', [
            table(claimContrastTable(result)),
            prose(claimSentences(result)),
          ]),
        ]),
    ...result.contrasts.map((contrast, at) => contrastSection(result, contrast, at)),
    ...(tied
      ? [
          section('ties', 'What a tie earns', [
            table(claimTieTable(result)),
            prose(escapeMarkdown(claimTieSentence(result))),
          ]),
        ]
      : []),
  ]
}

function contrastSection(result: ClaimResult, contrast: ClaimedContrast, at: number): ReportSection {
  const title = `${claimLabel(result, contrast.judge)} against ${claimLabel(result, contrast.against)}`
  const bySubset =
    contrast.subsets.length === 0
      ? []
      : [table(claimSubsetTable(result, contrast)), prose(escapeMarkdown(claimSubsetSentence(result, contrast)))]
  return section(`contrast-${at + 1}`, title, [table(claimPlanningTable(result, contrast)), ...bySubset])
}

function problemList(result: ClaimResult): string {
  return result.problems.map((problem) => `- ${escapeMarkdown(claimProblemSentence(result, problem))}`).join('\n')
}

function methods(result: ClaimResult): Labelled[] {
  return [
    {
      label: 'Counts',
      value:
        'A printed percentage stands for every whole number of comparisons that is printed so; one that no whole number gives is called impossible.',
    },
    {
      label: 'Bounds',
      value:
        'Every paired table that has the printed number of right answers, in every subset where subsets are printed, is taken into account; the ends of the ranges are reached by some of them.',
    },
    {
      label: 'Tests',
      value: `McNemar’s exact test, two-sided, at ${result.alpha}; Holm’s correction over the subsets of one contrast. Assumes that both judges answered the same comparisons, and that these are independent.`,
    },
    {
      label: 'Intervals',
      value: `${levelText(result.level)}: Wilson’s for one rate, Tango’s for a paired difference, from the lowest to the highest limit over the tables that fit.`,
    },
    {
      label: 'Sizes',
      value: 'Exact power of McNemar’s test 0.8; above some three thousand comparisons extrapolated to two digits.',
    },
  ]
}

/** Cells that show something and have no code of their own. */
const NO_CODE = { tags: ['remove-input'] }

function table(content: Parameters<typeof htmlTable>[0]): Cell {
  return shown('text/html', htmlTable(content))
}

function figure(svg: string): Cell {
  return shown('image/svg+xml', svg)
}

function shown(type: string, content: string): Cell {
  return {
    cell_type: 'code',
    id: 'shown',
    metadata: NO_CODE,
    source: '',
    execution_count: null,
    outputs: [{ output_type: 'display_data', data: { [type]: content }, metadata: {} }],
  }
}

function prose(source: string): Cell {
  return { cell_type: 'markdown', id: 'prose', metadata: {}, source }
}

function section(id: string, title: string, cells: readonly Cell[]): ReportSection {
  const notebook = { nbformat: 4 as const, nbformat_minor: 5, metadata: {}, cells }
  return { id, title, notebook: { path: '', cellCount: 0, notebook } }
}
