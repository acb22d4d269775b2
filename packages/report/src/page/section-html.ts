import { escapeHtml } from '../format/escape.js'
import type { Notebook } from '../notebook/notebook.js'
import type { Anchors } from './anchors.js'
import { codeCellHtml } from './cell-html.js'
import type { Highlight } from './highlight.js'
import { createMarkdown, type Heading } from './markdown.js'
import type { Numbering } from './numbering.js'
import type { ReportSection } from './report-input.js'
import { tieNumbers } from './tie-numbers.js'

/** A part of the report under a heading of its own. */
export interface PageSection {
  readonly id: string
  readonly title: string
  readonly headings: readonly Heading[]
  /** Without the title. */
  readonly content: string
}

/** What is shared by the sections of one report. */
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
  return { id, title: section.title, headings, content: parts.filter((part) => part !== '').join('\n') }
}

/** A section of HTML that is already safe. */
export function plainSection(id: string, title: string, content: string): PageSection {
  return { id, title, headings: [], content }
}

/** A section under its title. On a page of its own the title is the page's. */
export function sectionHtml({ id, title, content }: PageSection, level: 1 | 2 = 2): string {
  const link = `<a class="jl-anchor" href="#${id}">${escapeHtml(title)}</a>`
  return tieNumbers(`<section id="${id}"><h${level}>${link}</h${level}>\n${content}\n</section>`)
}

/** The section's place in a table of contents. */
export function headingOf({ id, title }: PageSection): Heading {
  return { id, text: title, level: 2 }
}

function languageOf(notebook: Notebook): string {
  const info = notebook.metadata.language_info as { readonly name?: unknown } | undefined
  const spec = notebook.metadata.kernelspec as { readonly language?: unknown } | undefined
  return [info?.name, spec?.language].find((name) => typeof name === 'string') ?? 'typescript'
}
