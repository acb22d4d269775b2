import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { saveJson } from '@judgelab/core'
import { jupyterUserFolder, TSLAB, tslabCommand } from './kernel-spec.js'

/** Where a kernel was registered, and what stood there before. */
export interface InstalledKernel {
  /** The kernelspec's folder. */
  readonly folder: string
  readonly before: 'nothing' | 'the same' | 'another'
}

/**
 * Registers judgelab's TypeScript kernel for Jupyter, so that JupyterLab, VS Code and nbconvert find it under the name
 * that the notebooks ask for, `tslab`.
 *
 * @param dataFolder a Jupyter data folder; defaults to the user's
 */
export async function installKernel(dataFolder: string = jupyterUserFolder()): Promise<InstalledKernel> {
  const folder = join(dataFolder, 'kernels', TSLAB)
  const file = join(folder, 'kernel.json')
  const spec = {
    argv: tslabCommand(),
    display_name: 'TypeScript (judgelab)',
    language: 'typescript',
    metadata: { debugger: false },
  }
  const before = await whatStands(file, spec)
  if (before !== 'the same') await saveJson(file, spec)
  return { folder, before }
}

async function whatStands(file: string, spec: object): Promise<InstalledKernel['before']> {
  if (!existsSync(file)) return 'nothing'
  const text = await readFile(file, 'utf8')
  return isSame(text, spec) ? 'the same' : 'another'
}

function isSame(text: string, spec: object): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(spec)
  } catch {
    return false
  }
}
