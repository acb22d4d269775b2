import { resolve } from 'node:path'
import { installKernel } from '@judgelab/report'

/** Options of `kernel install`. */
export interface KernelInstallOptions {
  /** A Jupyter data folder in place of the user's, such as `.venv/share/jupyter`. */
  readonly to?: string | undefined
  readonly json?: boolean | undefined
}

/** `judgelab kernel install`: registers the TypeScript kernel for JupyterLab, VS Code and nbconvert. */
export async function kernelInstallCommand({ to, json }: KernelInstallOptions): Promise<void> {
  const { folder, before } = await (to === undefined ? installKernel() : installKernel(resolve(to)))
  if (json) {
    process.stdout.write(`${JSON.stringify({ name: 'tslab', folder, before }, null, 2)}\n`)
    return
  }
  const said = { nothing: 'registered in', 'the same': 'was registered already in', another: 'replaces another in' }
  process.stdout.write(`The TypeScript kernel "tslab" ${said[before]} ${folder}\n`)
}
