import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const LOADER = new URL('./source-loader.mjs', import.meta.url).href

/** Starts a TypeScript file of the workspace in a process of its own, from its sources. */
export function startSource(entry: URL, args: readonly string[]): ChildProcess {
  return spawn(
    process.execPath,
    ['--conditions=@judgelab/source', `--import=${LOADER}`, fileURLToPath(entry), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
}
