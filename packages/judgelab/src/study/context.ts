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
