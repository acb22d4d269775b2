import { escapeHtml } from '../format/escape.js'
import type { Heading } from './markdown.js'
import { policyOf } from './page-parts.js'

/** One page of a report, or the one document that is printed: what stands in its `main`, and where it can be found. */
export interface Page {
  /** The file's name in the report's folder. */
  readonly path: string
  readonly title: string
  readonly headings: readonly Heading[]
  readonly main: string
  /** Data and scripts after the text. */
  readonly tail?: string | undefined
}

/** What all pages of a report share. */
export interface Shell {
  readonly reportTitle: string
  readonly description: string
  readonly style: string
  readonly scripts: readonly string[]
  readonly pages: readonly Page[]
}

/**
 * A page as one HTML file: it loads nothing, runs only its own scripts and uses only its own styles, which its
 * Content-Security-Policy holds to by hash.
 */
export function pageHtml(page: Page, shell: Shell): string {
  const isFirst = page.path === shell.pages[0]?.path
  const title = isFirst ? shell.reportTitle : `${page.title} · ${shell.reportTitle}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(shell.style, shell.scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(shell.description)}">
<title>${escapeHtml(title)}</title>
<style>${shell.style}</style>
${shell.scripts.map((script) => `<script>${script}</script>`).join('\n')}
</head>
<body id="top">
<a class="jl-skip" href="#content">To the text</a>
${contentsHtml(page, shell)}
<main id="content">
${page.main}
${neighboursHtml(page, shell)}
</main>
${page.tail ?? ''}
</body>
</html>
`
}

/** The pages of the report, and the headings of the one that is open. */
function contentsHtml(page: Page, { pages }: Shell): string {
  const items = pages.map((other) => {
    const isOpen = other.path === page.path
    const link = `<a href="${isOpen ? '#top' : other.path}"${isOpen ? ' aria-current="page"' : ''}>${escapeHtml(other.title)}</a>`
    return `<li${isOpen ? ' class="jl-here"' : ''}>${link}${isOpen ? headingsHtml(other.headings) : ''}</li>`
  })
  return `<div class="jl-side">
<div class="jl-buttons" data-script hidden>
<button type="button" id="jl-contents-button" aria-expanded="false" aria-controls="contents">Contents</button>
<button type="button" id="jl-theme-button">Dark theme</button>
</div>
<nav id="contents" aria-label="Contents"><ol>
${items.join('\n')}
</ol></nav>
</div>`
}

function headingsHtml(headings: readonly Heading[]): string {
  const items = headings
    .filter(({ level }) => level === 2)
    .map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`)
  return items.length === 0 ? '' : `<ol>${items.join('')}</ol>`
}

/** Where to go from here, at the end of a page. */
function neighboursHtml(page: Page, { pages }: Shell): string {
  const at = pages.findIndex(({ path }) => path === page.path)
  const [before, after] = [pages[at - 1], pages[at + 1]]
  const links = [
    before && `<a rel="prev" href="${before.path}">←\u00a0${escapeHtml(before.title)}</a>`,
    after && `<a rel="next" href="${after.path}">${escapeHtml(after.title)}\u00a0→</a>`,
  ].filter((link) => link !== undefined)
  return links.length === 0 ? '' : `<nav class="jl-neighbours" aria-label="Pages">${links.join('\n')}</nav>`
}
