import type { Progress } from '../terminal/progress.js'
import { claimArtifacts } from './claim-artifacts.js'
import type { StudyContext } from './context.js'
import type { LoadedStudy } from './load-study.js'
import { gitState, softwareVersions } from './provenance.js'
import { openStepMemory } from './steps.js'

/** What the steps of a study need, as the study stands now. */
export async function openContext(
  loaded: LoadedStudy,
  options: { readonly progress: Progress; readonly signal: AbortSignal; readonly mayLabour: boolean },
): Promise<StudyContext> {
  await claimArtifacts(loaded)
  return {
    loaded,
    ...options,
    memory: await openStepMemory(loaded.project, loaded.study.name),
    software: await softwareVersions(),
    git: await gitState(loaded.project),
  }
}
