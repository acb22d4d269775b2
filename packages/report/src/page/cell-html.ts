import { stripVTControlCharacters } from 'node:util'
import { escapeHtml } from '../format/escape.js'
import { type CodeCell, cellTags, type MimeBundle, type Output } from '../notebook/notebook.js'
import type { Highlight } from './highlight.js'
import type { RenderMarkdown } from './markdown.js'
import type { Numbering } from './numbering.js'
import { sanitizeOutput } from './sanitize.js'
import { unescapeHtml } from './unescape-html.js'

/** What turns cells into HTML. */
export interface CellTools {
  readonly language: string
  readonly highlight: Highlight
  readonly markdown: RenderMarkdown
  readonly numbering: Numbering
}

/** Tags of cells that a page leaves out: what is not for readers, and what a notebook is run with. */
const LEFT_OUT: readonly string[] = ['remove-cell', 'parameters', 'injected-parameters']

/** A code cell: what it showed, and the code folded under it. */
export function codeCellHtml(cell: CodeCell, tools: CellTools): string {
  if (cellTags(cell).some((tag) => LEFT_OUT.includes(tag)) || cell.source.trim() === '') return ''
  const outputs = cell.outputs.map((output) => outputHtml(output, tools)).join('\n')
  const code = tools.highlight(cell.source, tools.language)
  const summary = `Code<span class="jl-visually-hidden"> of cell ${cell.execution_count ?? ''}</span>`
  const folded = `<details class="jl-code"><summary>${summary}</summary><pre><code>${code}</code></pre></details>`
  return `<div class="jl-cell">${outputs}${folded}</div>`
}

function outputHtml(output: Output, tools: CellTools): string {
  switch (output.output_type) {
    case 'stream':
      return streamHtml(output.text, output.name)
    case 'error':
      return streamHtml(`${output.ename}: ${output.evalue}`, 'stderr')
    default:
      return bundleHtml(output.data, tools)
  }
}

function streamHtml(text: string, name: 'stdout' | 'stderr'): string {
  const shown = escapeHtml(stripVTControlCharacters(text).trimEnd())
  return shown === '' ? '' : `<pre class="jl-stream jl-${name}">${shown}</pre>`
}

/** The richest form that a page can show safely. */
function bundleHtml(data: MimeBundle, { numbering, markdown }: CellTools): string {
  const text = (type: string): string | undefined => (typeof data[type] === 'string' ? data[type] : undefined)
  const html = text('text/html')
  if (html !== undefined) return `<div class="jl-output">${numbering.number(sanitizeOutput(html))}</div>`
  const svg = text('image/svg+xml')
  if (svg !== undefined) return numbering.figure(sanitizeOutput(svg), escapeHtml(altText(svg)))
  for (const type of ['image/png', 'image/jpeg', 'image/gif', 'image/webp']) {
    const base64 = text(type)
    if (base64 !== undefined)
      return sanitizeOutput(`<img src="data:${type};base64,${base64.replace(/\s/g, '')}" alt="">`)
  }
  const prose = text('text/markdown')
  if (prose !== undefined) return markdown(prose).html
  return streamHtml(text('text/plain') ?? '', 'stdout')
}

/** The finding that a picture carries as its alt text. */
function altText(svg: string): string {
  const label = /^[^<]*<svg[^>]* aria-label="([^"]*)"/.exec(svg)?.[1] ?? ''
  return unescapeHtml(label)
}
