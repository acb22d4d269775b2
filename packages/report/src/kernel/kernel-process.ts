import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { KernelSpec } from './kernel-spec.js'

/** A kernel's operating system process. */
export interface KernelProcess {
  /** Rejects when the process ends or cannot be started, with the end of what it wrote to standard error. */
  readonly died: Promise<never>
  readonly killNow: () => void
  /** Waits for the process to end by itself, and kills it when `graceMs` have passed. */
  readonly end: (graceMs: number) => Promise<void>
}

/** How much of a kernel's last words an error repeats. */
const LAST_WORDS = 2_000

/** Starts the process of a kernel whose connection file is written. */
export function spawnKernel(
  spec: KernelSpec,
  connectionFile: string,
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): KernelProcess {
  const [command = '', ...words] = spec.argv.map((word) =>
    word
      .replaceAll('{connection_file}', () => connectionFile)
      .replaceAll('{resource_dir}', (written) => spec.folder ?? written),
  )
  const env = { ...options.env, ...spec.env, JPY_PARENT_PID: String(process.pid) }
  const child = spawn(command, words, { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let lastWords = ''
  child.stdout.resume()
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS)
  })
  const closed = new Promise<Error>((resolve) => {
    child.once('error', (cause) =>
      resolve(new Error(`the ${spec.name} kernel could not be started: ${cause.message}`, { cause })),
    )
    child.once('close', (code, signal) => resolve(new Error(deathMessage(spec.name, signal ?? code, lastWords))))
  })
  const died = closed.then((error) => Promise.reject(error))
  died.catch(() => {})
  return {
    died,
    killNow: () => void child.kill('SIGKILL'),
    end: async (graceMs) => {
      const timer = new AbortController()
      await Promise.race([closed, sleep(graceMs, undefined, { signal: timer.signal }).catch(() => {})])
      timer.abort()
      child.kill('SIGKILL')
      await closed
    },
  }
}

function deathMessage(name: string, cause: number | string | null, lastWords: string): string {
  const words = lastWords.trim()
  return `the ${name} kernel died (${typeof cause === 'string' ? cause : `exit code ${cause}`})${words === '' ? '' : `: ${words}`}`
}
