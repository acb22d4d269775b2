import { escapeHtml } from '../format/escape.js'
import type { Notebook } from '../notebook/notebook.js'
import type { Anchors } from './anchors.js'
import { codeCellHtml } from './cell-html.js'
import type { Highlight } from './highlight.js'
import { createMarkdown, type Heading } from './markdown.js'
import type { Numbering } from './numbering.js'
import type { ReportSection } from './report-input.js'

/** A part of the page, with what the table of contents says of it. */
export interface PageSection {
  readonly id: string
  readonly title: string
  readonly headings: readonly Heading[]
  readonly html: string
}

/** What is shared by the sections of one page. */
export interface SectionTools {
  readonly anchors: Anchors
  readonly highlight: Highlight
  readonly numbering: Numbering
}

/** An executed notebook as a section: prose, outputs, code folded. */
export function notebookSection(section: ReportSection, tools: SectionTools): PageSection {
  const { cells } = section.notebook.notebook
  const id = tools.anchors(section.id)
  const markdown = createMarkdown(id, tools.anchors, tools.highlight)
  const cellTools = { ...tools, markdown, language: languageOf(section.notebook.notebook) }
  const headings: Heading[] = []
  const parts = cells.map((cell, i) => {
    if (cell.cell_type === 'raw') return ''
    if (cell.cell_type === 'code') return codeCellHtml(cell, cellTools)
    const prose = markdown(cell.source, i === 0 ? { sectionTitle: section.title } : {})
    headings.push(...prose.headings)
    return prose.html
  })
  return { ...plainSection(id, section.title, parts.filter((part) => part !== '').join('\n')), headings }
}

/** A section of HTML that is already safe. */
export function plainSection(id: string, title: string, content: string): PageSection {
  const heading = `<h2><a class="jl-anchor" href="#${id}">${escapeHtml(title)}</a></h2>`
  return { id, title, headings: [], html: `<section id="${id}">${heading}\n${content}\n</section>` }
}

function languageOf(notebook: Notebook): string {
  const info = notebook.metadata.language_info as { readonly name?: unknown } | undefined
  const spec = notebook.metadata.kernelspec as { readonly language?: unknown } | undefined
  return [info?.name, spec?.language].find((name) => typeof name === 'string') ?? 'typescript'
}
