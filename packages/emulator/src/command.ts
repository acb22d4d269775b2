import { parseArgs } from 'node:util'
import { FAULTS, type FaultOptions, JOB_FAULTS } from './faults/fault-options.js'
import { EMULATOR_KEY, type Emulator, type EmulatorOptions, startEmulator } from './start-emulator.js'

const HELP = `Usage: judgelab emulator [options]

A server on this machine that speaks the OpenAI and Together APIs, as far as judgelab uses them.

  --port N              port on 127.0.0.1; a free one without it
  --key KEY             the key that clients must send (default ${EMULATOR_KEY})
  --any-key             lets any key in, and none
  --answer judge|fixed  answers by local judges (default), or "Verdict: A" to everything, fast
  --seed N              seeds the models' noise (default 0)
  --fault NAME=RATE     a fault and its probability, as often as wanted; NAME is one of
                        ${FAULTS.slice(0, 8).join(', ')},
                        ${FAULTS.slice(8).join(', ')}
  --job-fault NAME=RATE the same for jobs and for lines of batches; NAME is one of
                        ${JOB_FAULTS.slice(0, 5).join(', ')},
                        ${JOB_FAULTS.slice(5).join(', ')}
  --fault-seed N        seeds which requests are hit (default 0)
  --everywhere          faults also hit files, jobs and batches
  --latency MS          time before every answer
  --jitter MS           half the width of what varies around it
  --retry-after MS      what Retry-After asks for (default 1000)
  --step MS             how long a job stays in each status; without it, it moves on when it is looked at
  --json                prints the address as one JSON object

It runs until SIGINT or SIGTERM. GET /_emulator/stats counts what was asked.

Examples:
  judgelab emulator --port 4010
  judgelab emulator --fault rate-limited=0.05 --fault reset=0.01 --latency 200 --jitter 100
`

const FLAGS = {
  port: { type: 'string' },
  key: { type: 'string' },
  'any-key': { type: 'boolean' },
  answer: { type: 'string' },
  seed: { type: 'string' },
  fault: { type: 'string', multiple: true },
  'job-fault': { type: 'string', multiple: true },
  step: { type: 'string' },
  'fault-seed': { type: 'string' },
  everywhere: { type: 'boolean' },
  latency: { type: 'string' },
  jitter: { type: 'string' },
  'retry-after': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/**
 * The command: starts an emulator as the flags ask, says where it is on standard output, and resolves to the exit code when
 * it was stopped.
 *
 * @param stop ends it; SIGINT and SIGTERM do where it is absent
 */
export async function emulatorCommand(args: readonly string[], stop?: AbortSignal): Promise<number> {
  let emulator: Emulator
  let asJson: boolean
  try {
    const { values } = parseArgs({ args: [...args], options: FLAGS })
    if (values.help === true) {
      process.stdout.write(HELP)
      return 0
    }
    asJson = values.json === true
    emulator = await startEmulator(toOptions(values))
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`)
    return 2
  }
  const { url, port, openAiUrl, togetherUrl, bothUrl } = emulator
  process.stdout.write(
    asJson
      ? `${JSON.stringify({ url, port, openAiUrl, togetherUrl, bothUrl, pid: process.pid })}\n`
      : `The emulator listens.\n  OpenAI    ${openAiUrl}\n  Together  ${togetherUrl}\n  both      ${bothUrl}\n  counts    ${url}/_emulator/stats\n`,
  )
  const signal = stop ?? stopSignals()
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  await emulator.close()
  return 0
}

function stopSignals(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => controller.abort())
  process.once('SIGTERM', () => controller.abort())
  return controller.signal
}

type Values = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values']

function toOptions(values: Values): EmulatorOptions {
  const { answer = 'judge' } = values
  if (answer !== 'judge' && answer !== 'fixed') throw new RangeError(`--answer needs judge or fixed, got ${answer}`)
  return {
    port: numberFlag('port', values.port, 0),
    apiKey: values['any-key'] === true ? null : values.key,
    answer,
    seed: numberFlag('seed', values.seed, 0),
    faults: toFaults(values),
    ...(values.step === undefined ? {} : { stepMs: numberFlag('step', values.step, 0) }),
  }
}

function toFaults(values: Values): FaultOptions {
  return {
    seed: numberFlag('fault-seed', values['fault-seed'], 0),
    rates: ratesOf('fault', values.fault),
    jobs: ratesOf('job-fault', values['job-fault']),
    everywhere: values.everywhere === true,
    latencyMs: numberFlag('latency', values.latency, 0),
    jitterMs: numberFlag('jitter', values.jitter, 0),
    retryAfterMs: numberFlag('retry-after', values['retry-after'], 1000),
  }
}

function ratesOf(flag: string, texts: readonly string[] = []): Record<string, number> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = '', rate] = text.split('=')
      return [name, numberFlag(flag, rate, Number.NaN)] as const
    }),
  )
}

function numberFlag(flag: string, text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  throw new RangeError(`--${flag} needs a number of at least 0, got ${text}`)
}
