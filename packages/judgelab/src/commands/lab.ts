import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findProject } from '@judgelab/core'
import { installKernel } from '@judgelab/report'
import { loadStudy } from '../study/load-study.js'

/** `judgelab lab [study]`: JupyterLab on the project's notebooks, for a study. Returns the code that it ended with. */
export async function labCommand(study: string | undefined, words: readonly string[]): Promise<number> {
  const program = findProgram('jupyter-lab')
  if (program === undefined) throw new Error(HOW_TO_GET_IT)
  const { notebooks } = findProject()
  const named = study === undefined ? {} : { JUDGELAB_STUDY: (await loadStudy(study)).study.name }
  await installKernel()
  const child = spawn(program, [notebooks, ...words], { stdio: 'inherit', env: { ...process.env, ...named } })
  const [code] = (await once(child, 'close')) as [number | null]
  return code ?? 1
}

const HOW_TO_GET_IT = [
  'JupyterLab is not on the PATH. Get it with `pipx install jupyterlab` or `uv tool install jupyterlab`, and start judgelab lab again.',
  'VS Code needs no JupyterLab: with its Jupyter extension, `judgelab kernel install` is enough.',
  'Without either, `judgelab run <study>` executes the notebooks and puts them into the report.',
].join('\n  ')

function findProgram(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name]
  return folders.flatMap((folder) => names.map((file) => join(folder, file))).find((file) => existsSync(file))
}
