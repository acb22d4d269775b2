import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { StudyBenchmark } from '@judgelab/core'
import { EMULATOR_KEY, type EmulatorOptions, startEmulator } from '@judgelab/emulator'
import type { StandIn } from './context.js'
import type { LoadedStudy } from './load-study.js'
import { type RunStudyOptions, runStudy, type StudyOutcome } from './run-study.js'

/** How a study is rehearsed. */
export interface RehearseOptions extends Omit<RunStudyOptions, 'standIn'> {
  /** How the emulator behaves: faults, latency, models. */
  readonly emulator?: EmulatorOptions | undefined
}

/** What a rehearsal came to, and whether it stood on the built-in benchmark in place of the study's own. */
export interface Rehearsal extends StudyOutcome {
  readonly isBuiltIn: boolean
}

/**
 * Runs a study whole against the emulator in the place of every service: no key, no network, nothing paid. A benchmark
 * that would have to be downloaded is replaced by the built-in one of the same shape. Artifacts, report and results stand
 * under the study's name with `.rehearsal`, and all of them say that they are of a rehearsal.
 */
export async function rehearseStudy(
  loaded: LoadedStudy,
  { emulator: how, ...options }: RehearseOptions,
): Promise<Rehearsal> {
  const isBuiltIn = !isHere(loaded)
  const emulator = await startEmulator({ unseeded: 'repeat', ...how })
  const standIn = (provider: string): StandIn => ({
    baseUrl: { openai: emulator.openAiUrl, 'openai-compatible': emulator.bothUrl }[provider] ?? emulator.togetherUrl,
    key: EMULATOR_KEY,
    name: `emulator/${provider}`,
  })
  try {
    return { ...(await runStudy(rehearsalOf(loaded, isBuiltIn), { firstPauseMs: 5, ...options, standIn })), isBuiltIn }
  } finally {
    await emulator.close()
  }
}

/** Whether a study's benchmark is on this machine: built in, or a file or folder that is there. */
export function isHere({ study, project }: LoadedStudy): boolean {
  const { source, path } = study.benchmark
  return source === 'builtin' || (path !== undefined && existsSync(resolve(project.root, path)))
}

const BUILT_IN: StudyBenchmark = { source: 'builtin' }

/** The study under another name, on the built-in benchmark where its own is not here. */
function rehearsalOf(loaded: LoadedStudy, isBuiltIn: boolean): LoadedStudy {
  const { study } = loaded
  return {
    ...loaded,
    study: { ...study, name: `${study.name}.rehearsal`, benchmark: isBuiltIn ? BUILT_IN : study.benchmark },
  }
}
