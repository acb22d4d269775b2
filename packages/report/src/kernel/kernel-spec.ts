import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { packageFile } from '../package-file.js'

/** How a kernel is started: a command line with `{connection_file}` and perhaps `{resource_dir}` in it, and variables for its environment. */
export interface KernelSpec {
  readonly name: string
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** What `{resource_dir}` stands for: the kernelspec's folder. */
  readonly folder?: string | undefined
  /** `ipc` where the kernel's way of naming a socket file is known; ports of the local host otherwise. */
  readonly transport: 'ipc' | 'tcp'
}

/** The name that tslab's own installer gives its TypeScript kernel. */
export const TSLAB = 'tslab'

/**
 * The kernel called `name`: the tslab that judgelab depends on, else what is installed on the Jupyter path.
 *
 * @throws {Error} naming the folders searched, if there is no such kernel
 */
export function findKernelSpec(
  name: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): KernelSpec {
  if (name === TSLAB) return tslabSpec()
  const folders = jupyterPath(env).map((folder) => join(folder, 'kernels', name.toLowerCase()))
  const found = folders.find((folder) => existsSync(join(folder, 'kernel.json')))
  if (found === undefined) throw new Error(`no kernel "${name}" in ${folders.join(', ')}`)
  return readKernelSpec(name, found)
}

/** The kernel of the tslab package, run by this Node, for notebooks that are run from top to bottom. */
function tslabSpec(): KernelSpec {
  const [node = '', ...words] = tslabCommand()
  const argv = [node, ...preloads('no-watching.cjs'), ...words]
  return { name: TSLAB, argv, env: {}, transport: process.platform === 'win32' ? 'tcp' : 'ipc' }
}

/** Node's words to load a file of this folder first. */
function preloads(name: string): string[] {
  return ['--require', packageFile(`src/kernel/${name}`)]
}

/** How Jupyter starts the kernel of the tslab package: by this Node, with `{connection_file}` to be filled in. */
export function tslabCommand(): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('tslab/package.json'))
  const tslab = [join(folder, 'bin', 'tslab'), 'kernel', '--config-path={connection_file}']
  return [process.execPath, ...preloads('bind-at-once.cjs'), ...tslab]
}

/** The folder of Jupyter's data that belongs to the user. */
export function jupyterUserFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR
  const home = env.HOME ?? homedir()
  if (process.platform === 'darwin') return join(home, 'Library', 'Jupyter')
  if (process.platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'jupyter')
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'jupyter')
}

/** The folders where Jupyter looks for kernels, first match first; the environment of Python that is active has its own. */
function jupyterPath(env: Readonly<Record<string, string | undefined>>): string[] {
  const own = (env.JUPYTER_PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const active = [env.VIRTUAL_ENV, env.CONDA_PREFIX].flatMap((prefix) =>
    prefix ? [join(prefix, 'share', 'jupyter')] : [],
  )
  return [...own, jupyterUserFolder(env), ...active, '/usr/local/share/jupyter', '/usr/share/jupyter']
}

function readKernelSpec(name: string, folder: string): KernelSpec {
  const file = join(folder, 'kernel.json')
  const spec: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const { argv, env = {} } = (spec ?? {}) as { argv?: unknown; env?: Record<string, string> }
  if (!Array.isArray(argv) || argv.length === 0 || !argv.every((word) => typeof word === 'string'))
    throw new Error(`${file}: a kernel needs "argv", a list of words, got ${JSON.stringify(argv)}`)
  return { name, argv, env, folder, transport: 'tcp' }
}
