import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { figureColours, figureRules } from '../charts/theme.js'
import { escapeHtml } from '../format/escape.js'
import { TABLE_CSS } from '../tables/table-css.js'
import { createAnchors } from './anchors.js'
import { examplesHtml } from './examples-html.js'
import { type Highlight, loadHighlighter } from './highlight.js'
import { createNumbering } from './numbering.js'
import type { Labelled, ReportInput } from './report-input.js'
import { sanitizeOutput } from './sanitize.js'
import { notebookSection, type PageSection, plainSection, type SectionTools } from './section-html.js'

/** Anchors that every report has. */
const OWN_IDS = ['top', 'contents', 'content', 'examples', 'methods', 'provenance', 'reproduce', 'cite']

/**
 * A report as one HTML file: it loads nothing, runs only its own script and uses only its own styles, which its
 * Content-Security-Policy holds to by hash. The same input gives the same bytes.
 */
export async function renderReport(report: ReportInput): Promise<string> {
  const [highlighter, style, script] = await Promise.all([loadHighlighter(), pageStyle(), readPart('client/report.js')])
  try {
    return pageHtml(report, { highlight: highlighter.highlight, style, script })
  } finally {
    highlighter.dispose()
  }
}

interface PageParts {
  readonly highlight: Highlight
  readonly style: string
  readonly script: string
}

function pageHtml(report: ReportInput, { highlight, style, script }: PageParts): string {
  const numbering = createNumbering()
  const headline = numbering.figure(sanitizeOutput(report.headline.svg), escapeHtml(report.headline.caption))
  const sections = pageSections(report, { anchors: createAnchors(OWN_IDS), highlight, numbering })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(report.answer)}">
<title>${escapeHtml(report.title)}</title>
<style>${style}</style>
<script>${script}</script>
</head>
<body id="top">
<a class="jl-skip" href="#content">To the text</a>
${contentsHtml(sections)}
<main id="content">
<header class="jl-first">
<h1>${escapeHtml(report.title)}</h1>
<p class="jl-question">${escapeHtml(report.question)}</p>
<p class="jl-answer">${escapeHtml(report.answer)}</p>
${headline}
${factsHtml(report)}
</header>
${sections.map((section) => section.html).join('\n')}
</main>
</body>
</html>
`
}

function pageSections(report: ReportInput, tools: SectionTools): PageSection[] {
  const command = (text: string): string => `<pre class="jl-command"><code>${escapeHtml(text)}</code></pre>`
  return [
    ...report.sections.map((section) => notebookSection(section, tools)),
    ...(report.examples.length === 0 ? [] : [plainSection('examples', 'Examples', examplesContent(report, tools))]),
    plainSection('methods', 'Methods', listHtml('jl-provenance', report.methods)),
    plainSection('provenance', 'Provenance', listHtml('jl-provenance', report.provenance)),
    plainSection('reproduce', 'How to reproduce', command(report.reproduce)),
    plainSection('cite', 'How to cite', command(report.citation)),
  ]
}

function examplesContent({ examples, examplesCaption }: ReportInput, { anchors }: SectionTools): string {
  const caption = examplesCaption === undefined ? '' : `<p>${escapeHtml(examplesCaption)}</p>\n`
  return `${caption}${examplesHtml(examples, anchors)}`
}

function policyOf(style: string, script: string): string {
  return [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

function contentsHtml(sections: readonly PageSection[]): string {
  const items = sections.map(({ id, title, headings }) => {
    const inner = headings
      .filter((heading) => heading.level === 3)
      .map((heading) => `<li><a href="#${heading.id}">${escapeHtml(heading.text)}</a></li>`)
    const list = inner.length === 0 ? '' : `<ol>${inner.join('')}</ol>`
    return `<li><a href="#${id}">${escapeHtml(title)}</a>${list}</li>`
  })
  return `<div class="jl-side">
<div class="jl-buttons" data-script hidden>
<button type="button" id="jl-contents-button" aria-expanded="false" aria-controls="contents">Contents</button>
<button type="button" id="jl-theme-button" aria-pressed="false">Dark</button>
</div>
<nav id="contents" aria-label="Contents"><ol>
<li><a href="#top">Answer</a></li>
${items.join('\n')}
</ol></nav>
</div>`
}

function factsHtml({ facts, notice }: ReportInput): string {
  const all = notice === undefined ? facts : [{ label: '', value: notice }, ...facts]
  const items = all.map(
    ({ label, value }) =>
      `<li${label === '' ? ' class="jl-notice"' : ''}>${label === '' ? '' : `<span class="jl-label">${escapeHtml(label)}</span> `}${escapeHtml(value)}</li>`,
  )
  return `<ul class="jl-facts">${items.join('')}</ul>`
}

function listHtml(className: string, entries: readonly Labelled[]): string {
  const rows = entries.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`)
  return `<dl class="${className}">${rows.join('\n')}</dl>`
}

async function pageStyle(): Promise<string> {
  const [page, print] = await Promise.all([readPart('report.css'), readPart('print.css')])
  const dark = figureColours('dark')
  const themes = [
    `:root{${figureColours('light')}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}`,
    `:root[data-theme=dark]{${dark}}`,
  ]
  return [TABLE_CSS, ...themes, figureRules(), page, print].join('\n')
}

/** Styles and script are files of their own; the package ships `src` beside `dist`, and both see the same one. */
function readPart(name: string): Promise<string> {
  return readFile(new URL(`../../src/page/${name}`, import.meta.url), 'utf8')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
