import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkFaults, type FaultOptions } from './faults/fault-options.js'
import { createFileStore } from './files/file-store.js'
import { createValidation } from './files/validate-tuning-file.js'
import { createApi } from './http/api.js'
import { createControl } from './http/control.js'
import { type Reception, receive } from './http/receive.js'
import { type ContentCount, createTally, type EmulatorStats } from './http/tally.js'
import { fixedReplies } from './inference/fixed-answer.js'
import { createPromptCache } from './inference/prompt-cache.js'
import { createProgress } from './jobs/progress.js'
import { createOpine } from './judging/opinion.js'
import { loadTokens } from './judging/tokens.js'
import { type ModelOverrides, modelShelf } from './models/model-shelf.js'
import type { Services } from './services.js'

/** How an emulator behaves. Everything may be left out. */
export interface EmulatorOptions {
  /** 0, the default, takes a free one. Only 127.0.0.1 is listened on. */
  readonly port?: number | undefined
  /** The key that clients must send; `null` lets any in, and none. Defaults to `EMULATOR_KEY`. */
  readonly apiKey?: string | null | undefined
  /** Changes to the default models, and new ones; `*` stands for all other names, `null` for "no such model". */
  readonly models?: ModelOverrides | undefined
  /** `judge` (the default) answers by the models' judges; `fixed` says `Verdict: A` to everything, fast. */
  readonly answer?: 'judge' | 'fixed' | undefined
  readonly faults?: FaultOptions | undefined
  /** Seeds the models' noise; 0 at first. */
  readonly seed?: number | undefined
  /** Whether an answer at a temperature above 0 and without a seed differs when it is asked again; `vary` at first. */
  readonly unseeded?: 'vary' | 'repeat' | undefined
  /** Tokens (bytes / 4) that the unfinished batches of a model may have together; 30e9, Together's, at first. */
  readonly enqueuedTokenLimit?: number | undefined
  /** Milliseconds that a job stays in each status; without it, it moves one status on whenever it is looked at. */
  readonly stepMs?: number | undefined
  /** The time in milliseconds since 1970, for dates in answers. */
  readonly now?: (() => number) | undefined
}

/** A running emulator. */
export interface Emulator {
  readonly port: number
  /** `http://127.0.0.1:<port>`. */
  readonly url: string
  /** The base URL for the openai SDK: only OpenAI's models and shapes. */
  readonly openAiUrl: string
  /** The base URL for the together-ai SDK: only Together's models and shapes. */
  readonly togetherUrl: string
  /** The base URL that serves both, told apart by the SDK's User-Agent and by the model's vendor. */
  readonly bothUrl: string
  readonly stats: () => EmulatorStats
  /** The counts of every content, by its hash. */
  readonly contents: () => readonly ContentCount[]
  /** Starts the counts, and the attempts that faults go by, anew. */
  readonly reset: () => void
  readonly setFaults: (faults: FaultOptions) => void
  /** Breaks off what is under way and stops listening. */
  readonly close: () => Promise<void>
}

/** The key of an emulator that was not given one. It opens nothing else. */
export const EMULATOR_KEY = 'emulator-key'

/**
 * Starts a server on this machine that speaks the OpenAI and Together APIs, as far as judgelab uses them.
 *
 * @throws {RangeError} for fault rates that are none
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  let faults = checkFaults(options.faults ?? {})
  const setFaults = (next: FaultOptions): void => {
    faults = checkFaults(next)
  }
  const services = await createServices(options, () => faults)
  const { tally } = services
  const reception: Reception = {
    services,
    apiKey: options.apiKey === null ? undefined : (options.apiKey ?? EMULATOR_KEY),
    fixed: options.answer === 'fixed' ? fixedReplies('A') : undefined,
    api: createApi(services),
    control: createControl(services, setFaults),
  }
  const server = createServer((request, response) => answer(request, response, reception))
  server.on('connection', () => tally.connected())
  const port = await listen(server, options.port ?? 0)
  const url = `http://127.0.0.1:${port}`
  return {
    port,
    url,
    openAiUrl: `${url}/openai/v1`,
    togetherUrl: `${url}/together/v1`,
    bothUrl: `${url}/v1`,
    stats: tally.stats,
    contents: tally.contents,
    reset: tally.reset,
    setFaults,
    close: () => close(server),
  }
}

/** A mistake of the emulator's own is said as one, with status 500, and does not end the process. */
function answer(request: IncomingMessage, response: ServerResponse, reception: Reception): void {
  receive(request, response, reception).catch((error: unknown) => {
    const message = `mistake in the emulator: ${error instanceof Error ? error.stack : String(error)}`
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message, type: 'emulator_mistake', param: null, code: null } }))
  })
}

async function createServices(options: EmulatorOptions, faults: Services['faults']): Promise<Services> {
  const now = options.now ?? Date.now
  return {
    models: modelShelf(options.models),
    opine: createOpine(options.seed ?? 0),
    tokens: await loadTokens(),
    promptCache: createPromptCache(),
    tally: createTally(),
    files: createFileStore(now),
    reportOn: createValidation(),
    progress: createProgress(options.stepMs, now),
    enqueuedTokenLimit: options.enqueuedTokenLimit ?? 30e9,
    faults,
    now,
    unseeded: options.unseeded ?? 'vary',
  }
}

function listen(server: Server, port: number): Promise<number> {
  // Clients keep connections for long; the server never closes one between two requests.
  server.keepAliveTimeout = 0
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
