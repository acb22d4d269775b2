import { escapeHtml } from '../format/escape.js'
import { staticExamplesHtml } from './examples-page.js'
import { firstScreenHtml } from './index-page.js'
import { policyOf } from './page-parts.js'
import type { ReportContent } from './render-report.js'
import type { ReportInput } from './report-input.js'
import { sectionHtml } from './section-html.js'

/** All pages of a report as one document, to be printed: no script, no navigation, links that stay inside it. */
export function printHtml(report: ReportInput, content: ReportContent, style: string): string {
  const parts = [
    firstScreenHtml(report, content.figure),
    ...(content.notebooks.length === 0
      ? []
      : [sectionHtml(content.findings((at) => `#${content.notebooks[at]?.id ?? 'top'}`))]),
    ...content.notebooks.map((section) => sectionHtml(section, 1)),
    ...(content.examples.length === 0
      ? []
      : [
          `<section><h1>Examples</h1>${captionHtml(report)}${staticExamplesHtml(report.examples, content.examples)}</section>`,
        ]),
    `<section><h1>Methods</h1>${content.methods.map((section) => sectionHtml(section)).join('\n')}</section>`,
    ...content.end.filter(({ id }) => id !== 'files').map((section) => sectionHtml(section)),
  ]
  return `<!doctype html>
<html lang="en" data-theme="light" class="jl-print">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(style, [])}">
<title>${escapeHtml(report.title)}</title>
<style>${style}</style>
</head>
<body id="top">
<main id="content">
${parts.join('\n')}
</main>
</body>
</html>
`
}

function captionHtml({ examples }: ReportInput): string {
  return examples.caption === undefined ? '' : `<p>${escapeHtml(examples.caption)}</p>`
}
