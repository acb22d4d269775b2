import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { figureColours, figureRules } from '../charts/theme.js'
import { packageFile } from '../package-file.js'
import { TABLE_CSS } from '../tables/table-css.js'

/** The styles and scripts that pages carry inside them. */
export interface PageParts {
  readonly style: string
  readonly script: string
  /** What only the page of examples runs. */
  readonly examplesScript: string
}

export async function loadPageParts(): Promise<PageParts> {
  const [style, script, examplesScript] = await Promise.all([
    pageStyle(),
    readPart('client/report.js'),
    readPart('client/examples.js'),
  ])
  return { style, script, examplesScript }
}

/** A Content-Security-Policy under which a page loads nothing and runs only these scripts. */
export function policyOf(style: string, scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src ${scripts.length === 0 ? "'none'" : scripts.map((script) => `'${hashOf(script)}'`).join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** JSON as the text of a script element: data that the browser does not run, and that cannot end the element. */
export function jsonHtml(id: string, value: unknown): string {
  return `<script type="application/json" id="${id}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`
}

async function pageStyle(): Promise<string> {
  const parts = await Promise.all(['report.css', 'examples.css', 'print.css'].map(readPart))
  const dark = figureColours('dark')
  const themes = [
    `:root{${figureColours('light')}}`,
    `@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}`,
    `:root[data-theme=dark]{${dark}}`,
  ]
  return [TABLE_CSS, ...themes, figureRules(), ...parts].join('\n')
}

/** Styles and scripts are files of their own. */
function readPart(name: string): Promise<string> {
  return readFile(packageFile(`src/page/${name}`), 'utf8')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
