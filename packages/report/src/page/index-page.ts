import { escapeHtml, showHidden } from '../format/escape.js'
import type { Notebook } from '../notebook/notebook.js'
import { createMarkdown } from './markdown.js'
import type { Labelled, ReportInput, ReportSection } from './report-input.js'
import { type PageSection, plainSection, type SectionTools } from './section-html.js'
import { tieNumbers } from './tie-numbers.js'

/** What the first screen says. */
export type FirstScreen = Pick<ReportInput, 'title' | 'question' | 'answer' | 'facts' | 'notice'>

/** The first screen: title, question, answer, one figure, facts. Nothing else. */
export function firstScreenHtml(report: FirstScreen, figure: string): string {
  return tieNumbers(`<header class="jl-first">
<h1>${escapeHtml(report.title)}</h1>
<p class="jl-question">${escapeHtml(report.question)}</p>
<p class="jl-answer">${escapeHtml(report.answer)}</p>
${figure}
${factsHtml(report)}
</header>`)
}

/** What each notebook asks and found, with a link to its page. */
export function findingsSection(
  sections: readonly ReportSection[],
  linkOf: (at: number) => string,
  tools: SectionTools,
): PageSection {
  const markdown = createMarkdown('findings', tools.anchors, tools.highlight)
  const items = sections.map(({ title, notebook: { notebook } }, at) => {
    const question = questionOf(notebook)
    const finding = findingOf(notebook)
    return `<li><h3><a href="${linkOf(at)}">${escapeHtml(title)}</a></h3>
${question === undefined ? '' : `<p class="jl-question">${escapeHtml(question)}</p>`}
${finding === undefined ? '' : markdown(finding).html}</li>`
  })
  return plainSection('findings', 'What each part asks and finds', `<ul class="jl-findings">${items.join('\n')}</ul>`)
}

/** How to make the report again, how to cite it, and what else is in its folder. */
export function endSections({ reproduce, citation, files }: ReportInput): PageSection[] {
  const command = (text: string): string => `<pre class="jl-command"><code>${escapeHtml(text)}</code></pre>`
  return [
    plainSection('reproduce', 'How to reproduce', command(reproduce)),
    plainSection('cite', 'How to cite', command(citation)),
    ...(files.length === 0 ? [] : [plainSection('files', 'Files', filesHtml(files))]),
  ]
}

function filesHtml(files: readonly Labelled[]): string {
  const items = files.map(
    ({ label, value }) =>
      `<dt><a href="./${escapeHtml(encodeURI(showHidden(label)))}">${escapeHtml(label)}</a></dt><dd>${escapeHtml(value)}</dd>`,
  )
  return `<dl class="jl-provenance">${items.join('\n')}</dl>`
}

function factsHtml({ facts, notice }: FirstScreen): string {
  const all = notice === undefined ? facts : [{ label: '', value: notice }, ...facts]
  const items = all.map(
    ({ label, value }) =>
      `<li${label === '' ? ' class="jl-notice"' : ''}>${label === '' ? '' : `<span class="jl-label">${escapeHtml(label)}</span> `}${escapeHtml(value)}</li>`,
  )
  return `<ul class="jl-facts">${items.join('')}</ul>`
}

/** A notebook's first heading. */
function questionOf({ cells }: Notebook): string | undefined {
  const [first] = cells
  return first?.cell_type === 'markdown' ? /^#[ \t]+(.+)$/m.exec(first.source)?.[1]?.trim() : undefined
}

/**
 * The first paragraph that a notebook's code wrote as prose: its answer in one sentence or two. Of an answer that is a list
 * (`answerText`) the first sentence; what else it says is on the notebook's page.
 */
function findingOf({ cells }: Notebook): string | undefined {
  for (const cell of cells) {
    if (cell.cell_type !== 'code') continue
    for (const output of cell.outputs) {
      if (output.output_type !== 'display_data' && output.output_type !== 'execute_result') continue
      const prose = output.data['text/markdown']
      if (typeof prose === 'string') return firstParagraph(prose)
    }
  }
  return undefined
}

function firstParagraph(prose: string): string | undefined {
  const [first, second] = prose.trim().split(/\n\s*\n/)
  const [sentence] = second?.match(/(?<=^- ).+/) ?? []
  return first === '**Answer.**' && sentence !== undefined ? `${first} ${sentence}` : first
}
