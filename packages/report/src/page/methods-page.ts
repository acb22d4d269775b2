import { escapeHtml } from '../format/escape.js'
import { htmlTable } from '../tables/html-table.js'
import type { Labelled, ReportInput, ReportPrompt } from './report-input.js'
import { sanitizeOutput } from './sanitize.js'
import { type PageSection, plainSection, type SectionTools } from './section-html.js'

/** How the numbers were made, who was asked with which prompt, and where everything came from. */
export function methodsSections({ methods, provenance }: ReportInput, { numbering }: SectionTools): PageSection[] {
  return [
    plainSection('protocol', 'Protocol', listHtml(methods.entries)),
    plainSection('judges', 'Judges', numbering.number(sanitizeOutput(htmlTable(methods.judges)))),
    ...(methods.prompts.length === 0
      ? []
      : [plainSection('prompts', 'Prompts', methods.prompts.map(promptHtml).join('\n'))]),
    plainSection('provenance', 'Provenance', listHtml(provenance)),
  ]
}

function promptHtml({ judges, sha256, text }: ReportPrompt): string {
  return `<h3>${escapeHtml(judges)}</h3>
<p class="jl-label">SHA-256 ${escapeHtml(sha256)}</p>
<pre class="jl-command"><code>${escapeHtml(text)}</code></pre>`
}

/** Values under what they are. */
export function listHtml(entries: readonly Labelled[]): string {
  const rows = entries.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`)
  return `<dl class="jl-provenance">${rows.join('\n')}</dl>`
}
