import type { RunFolder, Study } from '@judgelab/core'
import {
  type AnswerCache,
  createBudget,
  createServiceGates,
  openAnswerCache,
  type RunMeans,
  systemClock,
} from '@judgelab/judges'
import type { LoadedStudy } from './load-study.js'
import { spentBefore } from './spent-before.js'

/** What the runs of a study share, opened when the first of them needs it. */
export interface StudyMeans {
  readonly means: () => Promise<RunMeans>
  readonly close: () => Promise<void>
}

/**
 * Cache, budget (less what earlier starts spent) and gates of one study. A study without a model behind a service opens none.
 *
 * @param apart as of `spentBefore`
 */
export function studyMeans(loaded: LoadedStudy, apart?: RunFolder): StudyMeans {
  const { study, project } = loaded
  let opened: Promise<RunMeans & { readonly cache?: AnswerCache }> | undefined
  const open = async (): Promise<RunMeans & { readonly cache?: AnswerCache }> =>
    hasService(study)
      ? {
          cache: await openAnswerCache(project.cache),
          budget: createBudget(study.budget, isLimited(study) ? await spentBefore(loaded, apart) : undefined),
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

function isLimited({ budget }: Study): boolean {
  return budget.maxCost !== undefined || budget.maxRequests !== undefined
}

function hasService({ judges }: Study): boolean {
  return judges.some(({ provider }) => provider !== 'local' && provider !== 'replay')
}
