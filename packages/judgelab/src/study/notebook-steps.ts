import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { executeNotebook, loadNotebook, saveNotebook, startKernel, withParameters } from '@judgelab/report'
import { doSideBySide, reportFile, type SideStep, type StudyContext } from './context.js'
import { fileDigest } from './steps.js'

/** Kernels at a time: each needs a core and some 300 MB. */
const MOST_KERNELS = 4

/** Executes the notebooks of a study that are not executed yet, several at a time. Returns the executed files, in the study's order. */
export async function executeNotebooks(
  context: StudyContext,
  inputs: { readonly code: string; readonly results: string },
): Promise<string[]> {
  const steps: SideStep[] = []
  for (const name of context.loaded.study.report.notebooks) steps.push(await notebookStep(context, name, inputs))
  const most = Math.min(MOST_KERNELS, availableParallelism())
  await doSideBySide(context, steps, { title: 'Notebooks', unit: 'cells', most })
  return steps.flatMap(({ outputs }) => outputs)
}

async function notebookStep(
  context: StudyContext,
  name: string,
  inputs: { readonly code: string; readonly results: string },
): Promise<SideStep> {
  const { notebooks } = context.loaded.project
  const study = context.loaded.study.name
  const source = join(notebooks, `${name}.ipynb`)
  const output = reportFile(context, 'notebooks', `${name}.ipynb`)
  const { cells } = withParameters(await loadNotebook(source), { study })
  return {
    name: `notebook:${name}`,
    title: `Notebook ${name}`,
    inputs: { ...inputs, study, source: await fileDigest(source) },
    outputs: [output],
    total: cells.filter(({ cell_type, source: text }) => cell_type === 'code' && text.trim() !== '').length,
    run: async (signal, onProgress) => {
      const kernel = startKernel({ cwd: notebooks, env: { JUDGELAB_STUDY: study }, signal })
      const executed = await executeNotebook(source, {
        cwd: notebooks,
        kernel,
        parameters: { study },
        signal,
        onCell: ({ done }) => onProgress(done),
      })
      await saveNotebook(output, executed.notebook)
      return `${executed.cellCount} code cells ran`
    },
  }
}
