import { toJsonl } from '@judgelab/core'
import { escapeHtml } from '../format/escape.js'
import { createAnchors } from './anchors.js'
import { figureFiles, tableFiles, tableTexts } from './download-files.js'
import { anchorExamples, examplesData, examplesHtml } from './examples-page.js'
import { loadHighlighter } from './highlight.js'
import { endSections, findingsSection, firstScreenHtml } from './index-page.js'
import { latexFiles } from './latex-files.js'
import { methodsSections } from './methods-page.js'
import { createNumbering, type NumberedTable, withoutDeadPictures } from './numbering.js'
import { type Page, pageHtml } from './page-html.js'
import { jsonHtml, loadPageParts, type PageParts } from './page-parts.js'
import { printHtml } from './print-html.js'
import type { ReportInput } from './report-input.js'
import { sanitizeOutput } from './sanitize.js'
import { headingOf, notebookSection, type PageSection, type SectionTools, sectionHtml } from './section-html.js'

/** A file of a report's folder: its path below it, with `/`. */
export interface ReportFile {
  readonly path: string
  readonly content: string | Uint8Array
}

/** How a report is rendered. */
export interface RenderOptions {
  readonly onPage?: ((done: number, total: number) => void) | undefined
  readonly onFigure?: ((done: number, total: number) => void) | undefined
}

/** Anchors that reports have of their own, and names of their pages. */
const OWN_IDS = [
  ...['top', 'contents', 'content', 'index', 'findings', 'examples', 'methods', 'protocol', 'judges', 'prompts'],
  ...['provenance', 'reproduce', 'cite', 'files'],
]

/**
 * A report as a folder of files: a page for the answer, one for each notebook, one to look through the examples, one for
 * the methods, and `print.html` with all of them; each table as CSV, LaTeX and Markdown, each figure as SVG, PNG and CSV.
 * Pages load nothing, so that each can be opened from disk or mailed by itself. The first file is `index.html`. The same
 * input gives the same bytes.
 *
 * @param options.onPage told after each page, `print.html` among them
 * @param options.onFigure told after each figure that was drawn as PNG, when all pages are done
 */
export async function renderReport(
  report: ReportInput,
  { onPage, onFigure }: RenderOptions = {},
): Promise<readonly ReportFile[]> {
  const [highlighter, parts] = await Promise.all([loadHighlighter(), loadPageParts()])
  try {
    const numbering = createNumbering()
    const tools = { anchors: createAnchors(OWN_IDS), highlight: highlighter.highlight, numbering }
    const content = contentOf(report, tools)
    const pages = pagesOf(report, content, parts, onPage)
    const print = printHtml(report, content, parts.style)
    onPage?.(pages.length + 1, pages.length + 1)
    const pictures = await figureFiles(numbering.figures, onFigure)
    const drawn = new Set(pictures.map(({ path }) => path))
    return [
      ...pages.map(({ path, html }) => ({ path, content: withoutDeadPictures(html, drawn) })),
      ...tableFiles(numbering.tables),
      ...pictures,
      ...latexFiles(report, numbering.tables, numbering.figures, pictures),
      { path: 'examples.jsonl', content: toJsonl(report.examples.examples) },
      { path: 'print.html', content: print },
    ]
  } finally {
    highlighter.dispose()
  }
}

/** The parts of a report, before they are laid out as pages or on paper. */
export interface ReportContent {
  readonly figure: string
  readonly notebooks: readonly PageSection[]
  readonly methods: readonly PageSection[]
  readonly end: readonly PageSection[]
  readonly findings: (linkOf: (at: number) => string) => PageSection
  readonly examples: ReturnType<typeof anchorExamples>
  /** Of each table of the report, by the anchor that it has. */
  readonly tables: readonly NumberedTable[]
}

function contentOf(report: ReportInput, tools: SectionTools): ReportContent {
  // The order of these lines is the order of the numbers.
  const figure = tools.numbering.figure(sanitizeOutput(report.headline.svg), escapeHtml(report.headline.caption))
  const notebooks = report.sections.map((section) => notebookSection(section, tools))
  const methods = methodsSections(report, tools)
  return {
    figure,
    notebooks,
    methods,
    end: endSections(report),
    findings: (linkOf) => findingsSection(report.sections, linkOf, tools),
    examples: anchorExamples(report.examples.examples, tools.anchors),
    tables: tools.numbering.tables,
  }
}

function pagesOf(
  report: ReportInput,
  content: ReportContent,
  parts: PageParts,
  onPage: RenderOptions['onPage'],
): { readonly path: string; readonly html: string }[] {
  const names = fileNames(content.notebooks)
  const notebookPages = content.notebooks.map(
    (section, at): Page => ({
      path: names[at] as string,
      title: section.title,
      headings: section.headings,
      main: sectionHtml(section, 1),
    }),
  )
  const pages: Page[] = [
    indexPage(report, content, (at) => names[at] as string),
    ...notebookPages,
    ...(content.examples.length === 0 ? [] : [examplesPage(report, content)]),
    methodsPage(content),
  ]
  const shell = { reportTitle: report.title, description: report.answer, style: parts.style, pages }
  return pages.map((page, at) => {
    const scripts = page.path === EXAMPLES ? [parts.script, parts.examplesScript] : [parts.script]
    const tail = `${page.tail ?? ''}${jsonHtml('jl-tables', tableTexts(page.main, content.tables))}`
    const html = pageHtml({ ...page, tail }, { ...shell, scripts })
    onPage?.(at + 1, pages.length + 1)
    return { path: page.path, html }
  })
}

const EXAMPLES = 'examples.html'

function indexPage(report: ReportInput, content: ReportContent, linkOf: (at: number) => string): Page {
  const sections = [...(content.notebooks.length === 0 ? [] : [content.findings(linkOf)]), ...content.end]
  return {
    path: 'index.html',
    title: 'Answer',
    headings: sections.map(headingOf),
    main: [firstScreenHtml(report, content.figure), ...sections.map((section) => sectionHtml(section))].join('\n'),
  }
}

function examplesPage({ examples }: ReportInput, content: ReportContent): Page {
  return {
    path: EXAMPLES,
    title: 'Examples',
    headings: [],
    main: `<h1>Examples</h1>\n${examplesHtml(examples, content.examples)}`,
    tail: jsonHtml('jl-examples', examplesData(examples, content.examples)),
  }
}

function methodsPage({ methods }: ReportContent): Page {
  return {
    path: 'methods.html',
    title: 'Methods',
    headings: methods.map(headingOf),
    main: ['<h1>Methods</h1>', ...methods.map((section) => sectionHtml(section))].join('\n'),
  }
}

/** Letters, digits and hyphens of ASCII, so that any host and any mail program keeps them. */
function fileNames(sections: readonly PageSection[]): string[] {
  const taken = new Set<string>()
  return sections.map(({ id }, at) => {
    const plain = id.replace(/[^a-z0-9-]/g, '')
    const name = plain === '' || taken.has(plain) ? `part-${at + 1}` : plain
    taken.add(name)
    return `${name}.html`
  })
}
