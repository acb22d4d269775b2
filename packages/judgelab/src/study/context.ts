import { join } from 'node:path'
import { ConfigError, type ModelRegistry, type Provider, type RunFolder, type RunManifest } from '@judgelab/core'
import type { RunMeans } from '@judgelab/judges'
import type { Progress } from '../terminal/progress.js'
import type { LoadedStudy } from './load-study.js'
import type { Step, StepMemory } from './steps.js'

/** What every step of a study needs. */
export interface StudyContext {
  readonly loaded: LoadedStudy
  readonly memory: StepMemory
  readonly progress: Progress
  readonly signal: AbortSignal
  /** False when only what is already judged may be used. */
  readonly mayLabour: boolean
  readonly software: Readonly<Record<string, string>>
  readonly git: RunManifest['git']
  /** The project's model registry, read when it is first needed. */
  readonly registry: () => Promise<ModelRegistry>
  /** Where keys come from. */
  readonly env: Environment
  /** What the runs share: cache, budget, gates. */
  readonly means: () => Promise<RunMeans>
  /** Ask those again whose judgment failed. */
  readonly retryFailed: boolean
  /** Where a run goes, where the command line says so. */
  readonly runFolder?: RunFolder | undefined
  /** In a rehearsal: the emulator, by provider, in the place of every service. */
  readonly standIn?: ((provider: Provider) => StandIn) | undefined
  /** First pause between two looks at a job, in milliseconds; absent, as long as suits a service. */
  readonly firstPauseMs?: number | undefined
  /** Asks the user whether something that costs money may begin. */
  readonly approve: (question: string) => Promise<boolean>
}

/** A server in a service's place. */
export interface StandIn {
  readonly baseUrl: string
  readonly key: string
  readonly name: string
}

/** Environment variables, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A file of the study's artifacts. */
export function artifact({ loaded }: Pick<StudyContext, 'loaded'>, ...path: readonly string[]): string {
  return join(loaded.project.artifacts, loaded.study.name, ...path)
}

/** A file of the study's report folder. */
export function reportFile({ loaded }: StudyContext, ...path: readonly string[]): string {
  return join(loaded.project.reports, loaded.study.name, ...path)
}

/** Tells how far the step is, unless the study was stopped: then the step ends here. @throws the signal's reason */
export function advance(
  { progress, signal }: Pick<StudyContext, 'progress' | 'signal'>,
  ...[done, total, unit]: Parameters<Progress['advance']>
): void {
  signal.throwIfAborted()
  progress.advance(done, total, unit)
}

/** Does a step unless it was done on the same inputs and its outputs stand. Stops before it when the study was stopped. */
export async function doStep(context: StudyContext, step: Step): Promise<void> {
  const { memory, progress, signal } = context
  signal.throwIfAborted()
  if (step.isForced !== true && (await memory.isUnchanged(step))) {
    progress.unchanged(step.title)
    return
  }
  if (step.isLabour && !context.mayLabour)
    throw new ConfigError(
      `expected a finished study, found that "${step.title}" is still to be done; use judgelab run first`,
      context.loaded.file,
    )
  progress.start(step.title)
  const line = await step.run()
  signal.throwIfAborted()
  await memory.remember(step)
  progress.finish(line)
}

/** A step that runs beside others: it tells how far it is to them all. */
export interface SideStep extends Omit<Step, 'run'> {
  /** How many pieces of work it is. */
  readonly total: number
  readonly run: (signal: AbortSignal, onProgress: (done: number) => void) => Promise<string>
}

/**
 * Does steps that know nothing of each other, at most `most` at a time, under one title while they run; then each says
 * what it came to, in the order given. The first that fails stops the others.
 */
export async function doSideBySide(
  context: StudyContext,
  steps: readonly SideStep[],
  { title, unit, most }: { readonly title: string; readonly unit: string; readonly most: number },
): Promise<void> {
  const { memory, progress, signal } = context
  signal.throwIfAborted()
  const unchanged = await Promise.all(steps.map((step) => memory.isUnchanged({ ...step, run: async () => '' })))
  const waiting = steps.filter((_, at) => unchanged[at] !== true)
  const done = new Map<SideStep, number>()
  const lines = new Map<SideStep, string>()
  const failed = new AbortController()
  const total = waiting.reduce((sum, step) => sum + step.total, 0)
  const work = async (): Promise<void> => {
    for (let step = waiting[done.size]; step !== undefined; step = waiting[done.size]) {
      const running = step
      done.set(running, 0)
      const line = await running.run(AbortSignal.any([signal, failed.signal]), (count) => {
        done.set(running, count)
        progress.advance(
          [...done.values()].reduce((sum, held) => sum + held, 0),
          total,
          unit,
        )
      })
      lines.set(running, line)
    }
  }
  if (waiting.length > 0) progress.start(title)
  const workers = Array.from({ length: Math.min(most, waiting.length) }, () =>
    work().catch((error: unknown) => {
      failed.abort(error)
      throw error
    }),
  )
  await Promise.allSettled(workers)
  for (const [at, step] of steps.entries()) {
    const line = lines.get(step)
    if (unchanged[at] === true) progress.unchanged(step.title)
    if (line === undefined) continue
    await memory.remember({ ...step, run: async () => '' })
    progress.start(step.title)
    progress.finish(line)
  }
  if (failed.signal.aborted) throw failed.signal.reason
  signal.throwIfAborted()
}
