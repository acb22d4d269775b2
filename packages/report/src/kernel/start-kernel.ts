import { setTimeout as sleep } from 'node:timers/promises'
import { onExit } from 'signal-exit'
import type { Output } from '../notebook/notebook.js'
import { createOutputCollector } from './collect-outputs.js'
import { closeConnection, openConnection, whenBound } from './connection.js'
import { openClient } from './kernel-client.js'
import { spawnKernel } from './kernel-process.js'
import { findKernelSpec, TSLAB } from './kernel-spec.js'
import type { WireMessage } from './wire.js'
import { type Bounds, within } from './within.js'

/** A running kernel. Cells run one after the other. */
export interface Kernel {
  readonly name: string
  /** Runs a cell; `bounds.timeoutMs` bounds this cell. A kernel that dies, times out or is aborted is shut down, and the promise rejects. */
  readonly execute: (code: string, bounds?: Bounds) => Promise<CellRun>
  /** Ends the process and removes its files; may be called more than once. */
  readonly shutdown: () => Promise<void>
}

/** What one cell gave. `error` is the kernel's own word on a failure, where it has one (tslab writes to stderr instead). */
export interface CellRun {
  readonly status: 'ok' | 'error'
  readonly outputs: readonly Output[]
  readonly error?: { readonly name: string; readonly message: string }
}

/** Options of `startKernel`. `env` is added to the environment of this process. */
export interface StartKernelOptions {
  readonly cwd: string
  /** A kernel's name on the Jupyter path; defaults to tslab. */
  readonly name?: string | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
  /** How long the kernel may take to answer; defaults to 180 s, which a start takes where many others want the machine. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** How long a kernel may take to end by itself. */
const GRACE_MS = 2_000

/**
 * Starts a Jupyter kernel and waits until it answers.
 *
 * A kernel may be started before it is needed and handed to `executeNotebook`, which ends it. In whatever way this
 * process ends, short of SIGKILL, the kernel and its temporary files go with it.
 *
 * @throws {Error} if there is no such kernel, or it dies or stays silent while starting
 */
export async function startKernel(options: StartKernelOptions): Promise<Kernel> {
  options.signal?.throwIfAborted()
  const env = { ...process.env, ...options.env }
  const spec = findKernelSpec(options.name ?? TSLAB, env)
  const connection = await openConnection(spec.transport)
  const kernelProcess = spawnKernel(spec, connection.file, { cwd: options.cwd, env })
  const forget = onExit(() => {
    kernelProcess.killNow()
    closeConnection(connection)
  })
  const collector = createOutputCollector()
  const client = openClient(connection, collector.receive)

  const ended = new AbortController()
  let ending: Promise<void> | undefined
  const end = async (graceMs: number): Promise<void> => {
    ended.abort()
    client.requestShutdown()
    await kernelProcess.end(graceMs)
    client.close()
    closeConnection(connection)
    forget()
  }
  const shutdown = (graceMs: number = GRACE_MS): Promise<void> => (ending ??= end(graceMs))

  const bounded = async <T>(work: Promise<T>, bounds: Bounds): Promise<T> => {
    try {
      return await within(Promise.race([work, kernelProcess.died]), bounds)
    } catch (error) {
      await shutdown(0)
      throw error
    }
  }

  const ready = whenBound(connection, ended.signal).then(client.ready)
  await bounded(ready, { timeoutMs: options.timeoutMs ?? 180_000, signal: options.signal })
  return {
    name: spec.name,
    shutdown: () => shutdown(),
    execute: async (code, bounds = {}) => {
      let id = ''
      const begin = (requestId: string): void => {
        id = requestId
        collector.begin(id)
      }
      const request = {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: true,
      }
      const { content } = await bounded(
        askUntilTaken(() => client.ask('execute_request', request, begin)),
        bounds,
      )
      const error = { name: String(content.ename), message: String(content.evalue) }
      const status = content.status === 'ok' ? 'ok' : 'error'
      return { status, outputs: collector.outputsOf(id), ...(content.ename === undefined ? {} : { error }) }
    },
  }
}

/** After an error a kernel may turn away what comes next for a moment (tslab for 0.2 s): such a cell has not run. */
async function askUntilTaken(ask: () => Promise<WireMessage>): Promise<WireMessage> {
  for (let attempt = 0; ; attempt += 1) {
    const reply = await ask()
    if (!String(reply.content.status).startsWith('abort') || attempt >= 20) return reply
    await sleep(100)
  }
}
