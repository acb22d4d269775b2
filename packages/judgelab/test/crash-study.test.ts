import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Project } from '@judgelab/core'
import { EMULATOR_KEY, type Emulator, startEmulator } from '@judgelab/emulator'
import { createTogetherClient } from '@judgelab/services'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadStudy, runStudy, type StudyOutcome, silentProgress } from '../src/index.js'
import { LOADER } from './command.js'
import { type CrashPoint, openCrossing } from './crossing.js'
import { ENDPOINT, hostedProject, TOGETHER } from './hosted-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const ENTRY = fileURLToPath(new URL('./crash-entry.ts', import.meta.url))
/** Twelve comparisons in both orders, of the base and of the tuned judge. */
const CALLS = 24
const JOB = /^POST \/together\/v1\/fine-tunes$/

/**
 * A crash that nothing of the study survives, or one that leaves its process: its request is never answered, and the study never
 * goes on. One that holds a job that is being started, or a run, needs the first: a living process would own it still.
 */
type Crash = CrashPoint & { readonly by: 'SIGKILL' | 'silence' }

/** Every arrow from the pairs to the judging of what was tuned, in their order. */
const ARROWS: readonly (readonly [arrow: string, crash: Crash])[] = [
  ['pairs -> validate', { at: /models\/limits/, when: 'before', by: 'silence' }],
  ['validate -> upload, place given', { at: /^POST .*\/files\?/, when: 'after', by: 'silence' }],
  ['upload, bytes sent', { at: /^PUT .*\/uploads/, when: 'after', by: 'silence' }],
  ['upload -> looked through', { at: /^GET .*\/files\/file-/, when: 'before', by: 'silence' }],
  ['looked through -> price', { at: /estimate-price/, when: 'after', by: 'silence' }],
  ['price -> job, not yet created', { at: JOB, when: 'before', by: 'SIGKILL' }],
  ['price -> job, created', { at: JOB, when: 'after', by: 'SIGKILL' }],
  ['job -> events', { at: /^GET .*\/events/, when: 'before', nth: 3, by: 'silence' }],
  ['events -> metrics', { at: /^GET .*\/metrics/, when: 'after', nth: 2, by: 'silence' }],
  [
    'events -> completed',
    { at: /^GET .*\/fine-tunes\/ft-[\w-]+$/, when: 'after', answer: /"status":"completed"/, by: 'silence' },
  ],
  ['completed -> endpoint, created', { at: /^POST .*\/endpoints$/, when: 'after', by: 'silence' }],
  [
    'endpoint -> started',
    { at: /^GET .*\/endpoints\/endpoint-/, when: 'after', answer: /"state":"STARTED"/, by: 'silence' },
  ],
  ['started -> judged, in the midst of it', { at: /chat\/completions/, when: 'before', nth: 9, by: 'SIGKILL' }],
  // The first changes the endpoint's settings as it is taken again.
  ['judged -> endpoint stopped', { at: /^PATCH .*\/endpoints/, when: 'before', nth: 2, by: 'silence' }],
]

/** The study at a service, with one call at a time, so that a crash has at most one under way. */
function newProject(baseUrl: string): Project {
  const tuning = TOGETHER.replace(ENDPOINT, `${ENDPOINT}, checkpoints: 2`)
  return hostedProject(newFolder(), {
    tunings: [tuning],
    judge: `, baseUrl: "${baseUrl}", limits: { concurrency: 1 }`,
  })
}

/** Starts the study, or goes on with it. @param upTo the step whose beginning is not survived */
async function start({ root }: Project, upTo?: string): Promise<StudyOutcome> {
  return runStudy(await loadStudy('small', root), {
    progress: {
      ...silentProgress,
      start: (title) => {
        if (title === upTo) throw new Error(`crash before ${title}`)
      },
    },
    signal: new AbortController().signal,
    withReport: false,
    firstPauseMs: 1,
    env: ENVIRONMENT,
    approve: async () => true,
  })
}

/** The judge's own address holds for its tuning and endpoint too. */
const ENVIRONMENT = { TOGETHER_API_KEY: EMULATOR_KEY }

async function newEmulator(): Promise<Emulator> {
  const emulator = await startEmulator({ unseeded: 'repeat' })
  onTestFinished(() => emulator.close())
  return emulator
}

/** What results say of the study, without what differs between two starts of the same: time, and what is paid by it. */
function told({ results }: StudyOutcome): unknown {
  return JSON.parse(JSON.stringify(results), (key, value) => (TIMED.has(key) ? undefined : value))
}

const TIMED: ReadonlySet<string> = new Set(['cost', 'speed', 'latency', 'latencyMs'])

describe('a study that crashes at every arrow', () => {
  it('goes on each time, starts and pays nothing twice, and comes to what it comes to without a crash', async () => {
    const [calm, emulator] = [await newEmulator(), await newEmulator()]
    let service = calm
    const crossing = await openCrossing(() => service.url)
    onTestFinished(() => crossing.close())
    const baseUrl = `${crossing.url}/together/v1`
    const without = await start(newProject(baseUrl))
    service = emulator
    const project = newProject(baseUrl)
    await expect(start(project, 'Preference pairs')).rejects.toThrow('crash before')
    for (const [arrow, crash] of ARROWS) {
      const reached = crossing.crashAt(crash)
      expect([arrow, await crashed(project, crash, reached)]).toEqual([arrow, crash.by])
      const jobs = emulator.stats().byPath['POST /fine-tunes'] ?? 0
      expect([arrow, jobs <= 1]).toEqual([arrow, true])
    }
    await expect(start(project, 'Results')).rejects.toThrow('crash before')
    const outcome = await start(project)
    expect(told(outcome)).toEqual(told(without))

    const client = createTogetherClient({ apiKey: EMULATOR_KEY, baseUrl: emulator.togetherUrl })
    expect((await client.fineTuning.list()).data.map(({ status }) => status)).toEqual(['completed'])
    expect((await client.files.list()).data).toHaveLength(2)
    const { byPath, requests, answered, answeredAgain } = emulator.stats()
    expect([byPath['POST /fine-tunes'], byPath['POST /endpoints']]).toEqual([1, 1])
    expect({ requests, answered, answeredAgain }).toEqual({
      requests: 2 * CALLS,
      answered: 2 * CALLS,
      answeredAgain: { contents: 0, answers: 0 },
    })
    const [endpoint, ...others] = (await client.endpoints.list({ mine: true })).data
    expect(others).toEqual([])
    expect(['STOPPING', 'STOPPED']).toContain(endpoint?.state)
  }, 240_000)
})

/** How a start of the study came to its end at a crash: killed, or hung and left. */
async function crashed(project: Project, { by }: Crash, reached: Promise<void>): Promise<string> {
  if (by === 'silence') {
    const ended = start(project).then(
      () => 'it was done',
      (error: Error) => error.message,
    )
    return Promise.race([reached.then(() => by), ended])
  }
  const child = spawn(process.execPath, ['--conditions=@judgelab/source', `--import=${LOADER}`, ENTRY], {
    cwd: project.root,
    env: { ...process.env, ...ENVIRONMENT },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  void reached.then(() => child.kill('SIGKILL'))
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  return signal ?? `it ended with code ${code}: ${said}`
}
