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
  type Table,
} from '@judgelab/analysis'
import { renderSvg } from '../charts/render-svg.js'
import type { VegaLiteSpec } from '../charts/vega-lite-spec.js'
import { claimAccuracyFigure, claimPairingFigure } from '../figures/claim-figures.js'
import { escapeHtml } from '../format/escape.js'
import { formatInteger } from '../format/numbers.js'
import { tableTexts } from '../page/download-files.js'
import { firstScreenHtml } from '../page/index-page.js'
import { listHtml } from '../page/methods-page.js'
import { createNumbering, type Numbering } from '../page/numbering.js'
import { pageHtml } from '../page/page-html.js'
import { jsonHtml, loadPageParts } from '../page/page-parts.js'
import type { Labelled } from '../page/report-input.js'
import { sanitizeOutput } from '../page/sanitize.js'
import { headingOf, type PageSection, plainSection, sectionHtml } from '../page/section-html.js'
import {
  claimProblemSentence,
  claimSentence,
  claimSubsetSentence,
  claimTieSentence,
} from '../sentences/claim-sentences.js'
import { htmlTable } from '../tables/html-table.js'
import { claimAnswer } from './claim-answer.js'

/** Where a claim's page comes from. */
export interface ClaimOrigin {
  /** The command that makes the page again. */
  readonly reproduce: string
  /** What else belongs into provenance: the claim file and its digest. */
  readonly provenance: readonly Labelled[]
}

/** What a published comparison supports, as one HTML file that loads nothing. The same claim gives the same bytes. */
export async function claimPage(result: ClaimResult, origin: ClaimOrigin): Promise<string> {
  const parts = await loadPageParts()
  const numbering = createNumbering()
  const [first] = result.contrasts
  const answer = claimAnswer(result)
  const hasCurve = first !== undefined && first.curve.length > 0
  const headline = await figure(hasCurve ? claimPairingFigure(result) : claimAccuracyFigure(result), numbering)
  const screen = { title: result.title, question: QUESTION, answer, facts: facts(result) }
  const sections = [...(await foundSections(result, hasCurve, numbering)), ...endSections(result, origin)]
  const page = {
    path: 'index.html',
    title: 'Answer',
    headings: sections.map(headingOf),
    main: [firstScreenHtml(screen, headline), ...sections.map((section) => sectionHtml(section))].join('\n'),
  }
  const tail = jsonHtml('jl-tables', tableTexts(page.main, numbering.tables))
  const shell = { reportTitle: result.title, description: answer, style: parts.style, scripts: [parts.script] }
  return pageHtml({ ...page, tail }, { ...shell, pages: [page] })
}

const QUESTION = 'What do the printed figures support, and what would it take to know more?'

function facts(result: ClaimResult): Labelled[] {
  return [
    { label: 'Figures', value: result.source ?? 'no source given' },
    { label: 'Comparisons', value: formatInteger(result.n) },
    ...(result.subsets.length === 0 ? [] : [{ label: 'Subsets', value: String(result.subsets.length) }]),
    { label: 'Judges', value: result.judges.map(({ label }) => label).join(', ') },
  ]
}

async function foundSections(result: ClaimResult, hasCurve: boolean, numbering: Numbering): Promise<PageSection[]> {
  // The order of these lines is the order of the numbers.
  const printed = [
    table(claimJudgeTable(result), numbering),
    ...(hasCurve ? [await figure(claimAccuracyFigure(result), numbering)] : []),
    list(result.problems.map((problem) => claimProblemSentence(result, problem))),
  ]
  const sections = [section('printed', 'What is printed', printed)]
  if (result.contrasts.length > 0) {
    const sentences = result.contrasts.map((contrast) => claimSentence(result, contrast))
    sections.push(
      section('allowed', 'What the figures allow', [table(claimContrastTable(result), numbering), list(sentences)]),
    )
  }
  sections.push(...result.contrasts.map((contrast, at) => contrastSection(result, contrast, at, numbering)))
  if (result.judges.some(({ half }) => half !== null))
    sections.push(
      section('ties', 'What a tie earns', [
        table(claimTieTable(result), numbering),
        paragraph(claimTieSentence(result)),
      ]),
    )
  return sections
}

function contrastSection(
  result: ClaimResult,
  contrast: ClaimedContrast,
  at: number,
  numbering: Numbering,
): PageSection {
  const title = `${claimLabel(result, contrast.judge)} against ${claimLabel(result, contrast.against)}`
  return section(`contrast-${at + 1}`, title, [
    table(claimPlanningTable(result, contrast), numbering),
    ...(contrast.subsets.length === 0
      ? []
      : [table(claimSubsetTable(result, contrast), numbering), paragraph(claimSubsetSentence(result, contrast))]),
  ])
}

function endSections(result: ClaimResult, { reproduce, provenance }: ClaimOrigin): PageSection[] {
  const command = `<pre class="jl-command"><code>${escapeHtml(reproduce)}</code></pre>`
  const figures = { label: 'Figures', value: result.source ?? 'as given, without a source' }
  return [
    plainSection('methods', 'Methods', listHtml(methods(result))),
    plainSection('provenance', 'Provenance', listHtml([figures, ...provenance])),
    plainSection('reproduce', 'How to reproduce', command),
  ]
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

/** A table with buttons to copy it; there are no files beside the page to download. */
function table(content: Table, numbering: Numbering): string {
  return numbering.number(sanitizeOutput(htmlTable(content))).replace(DOWNLOADS, '<p class="jl-tools"></p>')
}

async function figure(spec: VegaLiteSpec, numbering: Numbering): Promise<string> {
  const svg = sanitizeOutput(await renderSvg(spec))
  return numbering.figure(svg, escapeHtml(spec.description)).replace(DOWNLOADS, '')
}

const DOWNLOADS = /<p class="jl-tools">Download .*?<\/p>/g

function paragraph(text: string): string {
  return `<p>${escapeHtml(text)}</p>`
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('\n')}</ul>`
}

function section(id: string, title: string, parts: readonly string[]): PageSection {
  return plainSection(id, title, parts.filter((part) => part !== '').join('\n'))
}
