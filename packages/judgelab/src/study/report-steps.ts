import { dirname, join } from 'node:path'
import type { StudyResults } from '@judgelab/analysis'
import { digest } from '@judgelab/core'
import {
  executeNotebook,
  listedFiles,
  loadNotebook,
  renderReport,
  saveNotebook,
  saveReport,
  startKernel,
} from '@judgelab/report'
import { codeVersion } from './code-version.js'
import { doStep, reportFile, type StudyContext } from './context.js'
import type { StudyData } from './prepare.js'
import { reportInput } from './report-input.js'
import type { JudgedRun } from './results-step.js'
import { fileDigest } from './steps.js'

/** What notebooks may import. */
const NOTEBOOK_PACKAGES = ['analysis', 'core', 'datasets', 'dpo', 'report', 'scoring', 'stats']

/** Executes the study's notebooks and renders its page. Returns the page's file. */
export async function renderStudyReport(
  context: StudyContext,
  data: StudyData,
  runs: readonly JudgedRun[],
  results: StudyResults,
): Promise<string> {
  const names = context.loaded.study.report.notebooks
  const code = await codeVersion(NOTEBOOK_PACKAGES)
  const resultsDigest = digest(results)
  const executed: string[] = []
  for (const name of names) executed.push(await notebookStep(context, name, { code, results: resultsDigest }))
  return pageStep(context, data, runs, results, executed)
}

async function notebookStep(
  context: StudyContext,
  name: string,
  inputs: { code: string; results: string },
): Promise<string> {
  const { notebooks } = context.loaded.project
  const source = join(notebooks, `${name}.ipynb`)
  const output = reportFile(context, 'notebooks', `${name}.ipynb`)
  await doStep(context, {
    name: `notebook:${name}`,
    title: `Notebook ${name}`,
    inputs: { ...inputs, study: context.loaded.study.name, source: await fileDigest(source) },
    outputs: [output],
    run: async () => {
      const { progress, signal } = context
      const env = { JUDGELAB_STUDY: context.loaded.study.name }
      const kernel = startKernel({ cwd: notebooks, env, signal })
      const executed = await executeNotebook(source, {
        cwd: notebooks,
        kernel,
        signal,
        onCell: ({ done, total }) => progress.advance(done, total, 'cells'),
      })
      await saveNotebook(output, executed.notebook)
      return `${executed.cellCount} code cells ran`
    },
  })
  return output
}

async function pageStep(
  context: StudyContext,
  data: StudyData,
  runs: readonly JudgedRun[],
  results: StudyResults,
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
    },
    outputs,
    run: async () => {
      const notebooks = await Promise.all(executed.map(loadNotebook))
      const { files } = await renderReport(await reportInput(context, data, runs, results, notebooks))
      const written = await saveReport(folder, files)
      outputs.splice(0, outputs.length, ...written)
      return `${files.filter(({ path }) => path.endsWith('.html')).length} pages, ${files.length} files`
    },
  })
  return page
}
