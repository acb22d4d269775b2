import { rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { StudyResults } from '@judgelab/analysis'
import { digest } from '@judgelab/core'
import { listedFiles, loadNotebook, printFigures, printPdf, renderReport, saveReport } from '@judgelab/report'
import { codeVersion } from './code-version.js'
import { advance, doStep, reportFile, type StudyContext } from './context.js'
import { executeNotebooks } from './notebook-steps.js'
import type { StudyData } from './prepare.js'
import { reportInput } from './report-input.js'
import type { JudgedRun } from './results-step.js'
import { fileDigest } from './steps.js'

/** What notebooks may import. */
const NOTEBOOK_PACKAGES = ['analysis', 'core', 'datasets', 'dpo', 'report', 'scoring', 'stats']

/** What a report is made of. */
interface ReportParts {
  readonly runs: readonly JudgedRun[]
  readonly results: StudyResults
  readonly withPdf: boolean
}

/** Executes the study's notebooks, renders its pages and, where that is asked for, prints them. Returns the first page's file. */
export async function renderStudyReport(context: StudyContext, data: StudyData, parts: ReportParts): Promise<string> {
  const code = await codeVersion(NOTEBOOK_PACKAGES)
  const executed = await executeNotebooks(context, { code, results: digest(parts.results) })
  const page = await pagesStep(context, data, parts, executed)
  if (parts.withPdf) await pdfStep(context)
  return page
}

async function pagesStep(
  context: StudyContext,
  data: StudyData,
  { runs, results, withPdf }: ReportParts,
  executed: readonly string[],
): Promise<string> {
  const page = reportFile(context, 'index.html')
  const folder = dirname(page)
  const outputs = (await listedFiles(folder)).map((path) => join(folder, path))
  await doStep(context, {
    name: 'page',
    title: 'Pages',
    inputs: {
      results: digest(results),
      notebooks: await Promise.all(executed.map(fileDigest)),
      code: await codeVersion([...NOTEBOOK_PACKAGES, 'judgelab']),
      study: [context.loaded.file, context.loaded.sha256, context.loaded.study],
      software: context.software,
      git: context.git,
      withPdf,
    },
    outputs,
    run: async () => {
      const notebooks = await Promise.all(executed.map(loadNotebook))
      const input = await reportInput(context, data, { runs, results, notebooks, withPdf })
      const files = await renderReport(input, {
        onPage: (done, total) => advance(context, done, total, 'pages'),
        onFigure: (done, total) => advance(context, done, total, 'figures'),
      })
      const written = await saveReport(folder, files, (done, total) => advance(context, done, total, 'files written'))
      outputs.splice(0, outputs.length, ...written)
      await removePrinted(folder)
      return `${files.filter(({ path }) => path.endsWith('.html')).length} pages, ${files.length} files`
    },
  })
  return page
}

/** What was printed from earlier pages is not of these. */
async function removePrinted(folder: string): Promise<void> {
  await rm(join(folder, PDF), { force: true })
  for (const figure of await figuresOf(folder)) await rm(figure.pdfFile, { force: true })
}

const PDF = 'report.pdf'

async function pdfStep(context: StudyContext): Promise<void> {
  const folder = dirname(reportFile(context, PDF))
  const [source, pdf] = [join(folder, 'print.html'), join(folder, PDF)]
  const figures = await figuresOf(folder)
  await doStep(context, {
    name: 'pdf',
    title: 'PDF',
    inputs: { source: await fileDigest(source), code: await codeVersion(['report']) },
    outputs: [pdf, ...figures.map(({ pdfFile }) => pdfFile)],
    run: async () => {
      const { pages, cut } = await printPdf(source, pdf)
      await printFigures(figures)
      const wide = cut.length === 0 ? '' : `, wider than a page: ${cut.map((text) => `“${text}”`).join(', ')}`
      return `${pages} pages in ${PDF}, ${figures.length} figures for LaTeX${wide}`
    },
  })
}

/** Each figure of the report as SVG, and where its PDF for LaTeX stands. */
async function figuresOf(folder: string): Promise<{ svgFile: string; pdfFile: string }[]> {
  const svgs = (await listedFiles(folder)).filter((path) => path.endsWith('.svg'))
  return svgs.map((path) => ({
    svgFile: join(folder, path),
    pdfFile: join(folder, 'latex', `${basename(path, '.svg')}.pdf`),
  }))
}
