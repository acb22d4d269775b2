import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError, loadModelRegistry, type ModelRegistry } from '@judgelab/core'
import { claimArtifacts } from './claim-artifacts.js'
import type { StudyContext } from './context.js'
import type { LoadedStudy } from './load-study.js'
import { gitState, softwareVersions } from './provenance.js'
import { studyMeans } from './run-means.js'
import { openStepMemory, type StepMemory } from './steps.js'
import { withPlaces } from './with-places.js'

/** What a study is run with; what is left out is as for a plain `judgelab run`. */
export type ContextOptions = Pick<StudyContext, 'progress' | 'signal' | 'mayLabour'> &
  Partial<Pick<StudyContext, 'env' | 'retryFailed' | 'runFolder' | 'standIn' | 'approve' | 'firstPauseMs'>>

/** What of a study's context is there before anything of it is touched. */
export type ContextBase = Pick<StudyContext, 'loaded' | 'registry' | 'env' | 'standIn'>

/** Enough to check a study. */
export function contextBase(loaded: LoadedStudy, { env = process.env, standIn }: Partial<ContextOptions>): ContextBase {
  let registry: Promise<ModelRegistry> | undefined
  return {
    loaded,
    env,
    standIn,
    registry: () => {
      registry ??= registryOf(loaded)
      return registry
    },
  }
}

/** A project without a registry knows no model: prices then come from the study. */
function registryOf({ project }: LoadedStudy): Promise<ModelRegistry> {
  return existsSync(join(project.data, 'models.json'))
    ? loadModelRegistry(project)
    : Promise.resolve({ formatVersion: 1, models: [] })
}

/** Money is spent on somebody's word alone. @throws {ConfigError} always */
async function nobodyToAsk(question: string): Promise<boolean> {
  throw new ConfigError(
    'expected `approve` to be asked before something that costs money is started, found none',
    question,
  )
}

/** Opens what the steps of a study need, as the study stands now, while `work` is done; then closes it. */
export async function withContext<T>(
  base: ContextBase,
  options: ContextOptions,
  work: (context: StudyContext) => Promise<T>,
): Promise<T> {
  const { loaded } = base
  await claimArtifacts(loaded)
  return withMemory(base, options, await openStepMemory(loaded.project, loaded.study.name), work)
}

/** The same for a study that no file holds: it keeps no artifacts and remembers no steps, only its runs. */
export function withLooseContext<T>(
  base: ContextBase,
  options: ContextOptions,
  work: (context: StudyContext) => Promise<T>,
): Promise<T> {
  return withMemory(base, options, { isUnchanged: async () => false, remember: async () => undefined }, work)
}

async function withMemory<T>(
  base: ContextBase,
  options: ContextOptions,
  memory: StepMemory,
  work: (context: StudyContext) => Promise<T>,
): Promise<T> {
  const { means, close } = studyMeans(base.loaded, options.runFolder)
  try {
    const context = {
      retryFailed: false,
      ...options,
      approve: options.approve ?? (base.standIn === undefined ? nobodyToAsk : async () => true),
      ...base,
      means,
      memory,
      software: await softwareVersions({ isRehearsal: base.standIn !== undefined }),
      git: await gitState(base.loaded.project),
    }
    return await withPlaces(base.loaded, () => work(context))
  } finally {
    await close()
  }
}
