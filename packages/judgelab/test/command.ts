import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { main } from '../src/index.js'

/** What a command said and with which code it ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command in this process, as if started in the folder `cwd`. */
export async function runHere(cwd: string, ...argv: readonly string[]): Promise<Ended> {
  let [stdout, stderr] = ['', '']
  const spies = [
    vi.spyOn(process, 'cwd').mockReturnValue(cwd),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      stdout += text
      return true
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      stderr += text
      return true
    }),
  ]
  try {
    return { code: await main(argv), stdout, stderr }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

export const LOADER = new URL('./source-loader.mjs', import.meta.url).href
const ENTRY = fileURLToPath(new URL('./command-entry.ts', import.meta.url))

/** How a command is started in a process of its own. */
export interface Start {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Sends SIGINT as soon as standard error holds this text. */
  readonly interruptAfter?: string
  /** Sends SIGKILL as soon as standard error holds this text. */
  readonly killAfter?: string
  /** Closes standard output before anything is written to it, as `| head` may. */
  readonly closeOutput?: boolean
}

/** Runs the command in a process of its own, from its sources. */
export async function runApart(
  { cwd, env = {}, interruptAfter, killAfter, closeOutput }: Start,
  ...argv: readonly string[]
): Promise<Ended> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env
  const child = spawn(process.execPath, ['--conditions=@judgelab/source', `--import=${LOADER}`, ENTRY, ...argv], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (closeOutput) child.stdout.destroy()
  let [stdout, stderr] = ['', '']
  let isStopped = false
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
    const after = interruptAfter ?? killAfter
    if (isStopped || after === undefined || !stderr.includes(after)) return
    isStopped = true
    child.kill(interruptAfter === undefined ? 'SIGKILL' : 'SIGINT')
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}
