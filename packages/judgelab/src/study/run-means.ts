import type { Study } from '@judgelab/core'
import {
  type AnswerCache,
  createBudget,
  createServiceGates,
  openAnswerCache,
  type RunMeans,
  systemClock,
} from '@judgelab/judges'
import type { LoadedStudy } from './load-study.js'

/** What the runs of a study share, opened when the first of them needs it. */
export interface StudyMeans {
  readonly means: () => Promise<RunMeans>
  readonly close: () => Promise<void>
}

/** Cache, budget and gates of one study. A study without a model behind a service opens none. */
export function studyMeans({ study, project }: LoadedStudy): StudyMeans {
  let opened: Promise<RunMeans & { readonly cache?: AnswerCache }> | undefined
  const open = async (): Promise<RunMeans & { readonly cache?: AnswerCache }> =>
    hasService(study)
      ? {
          cache: await openAnswerCache(project.cache),
          budget: createBudget(study.budget),
          gates: createServiceGates(systemClock),
        }
      : {}
  return {
    means: () => {
      opened ??= open()
      return opened
    },
    close: async () => (await opened)?.cache?.close(),
  }
}

function hasService({ judges }: Study): boolean {
  return judges.some(({ provider }) => provider !== 'local' && provider !== 'replay')
}
