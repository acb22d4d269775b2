import type { TuningResult } from '@judgelab/analysis'
import { ConfigError, type Study, type StudyTuning } from '@judgelab/core'
import type { Policy } from '@judgelab/policy'
import type { StudyContext } from '../context.js'
import type { StudyData } from '../prepare.js'
import { tuneHostedJudge } from './tune-hosted.js'
import { basePolicy, tuneLocalJudge } from './tune-local.js'

/** What tuning made of a judge: weights for this process, or a model behind a service; and how the training went. */
export interface Tuned {
  readonly result: TuningResult
  readonly policy?: Policy | undefined
  readonly model?: string | undefined
  readonly baseUrl?: string | undefined
}

/** Tunes as one part of the study asks, or takes what was tuned before on the same pairs with the same parameters. */
export async function tune(
  context: StudyContext,
  parameters: StudyTuning,
  pairs: NonNullable<StudyData['pairs']>,
): Promise<Tuned> {
  return parameters.backend === 'local'
    ? tuneLocalJudge(context, parameters, pairs)
    : tuneHostedJudge(context, parameters, pairs)
}

/** @throws {ConfigError} for a base that the study's backend does not tune, and an endpoint that nothing could be asked through */
export function checkTuning(study: Study): void {
  for (const parameters of study.tuning) {
    if (parameters.backend === 'local') basePolicy(study, parameters)
    else checkHostedBase(study, parameters)
    checkEndpoint(study, parameters)
  }
}

function checkHostedBase({ judges }: Study, { name, base, backend }: StudyTuning): void {
  const judge = judges.find((held) => held.name === base)
  const isHosted = judge?.provider === 'together' || judge?.provider === 'openai-compatible'
  if (isHosted && (backend === 'trl' || judge.provider === 'together')) return
  throw new ConfigError(
    `expected a judge of provider together${backend === 'trl' ? ' or openai-compatible' : ''}, which backend ${backend} tunes, found ${judge?.provider} ${judge?.model}`,
    `tuning.${name}.base`,
  )
}

/** Together's service alone starts endpoints, and what they answer is asked call by call. */
function checkEndpoint({ judges }: Study, { name, base, backend, hosted }: StudyTuning): void {
  if (hosted?.endpoint === undefined) return
  const field = `tuning.${name}.hosted.endpoint`
  if (backend !== 'together')
    throw new ConfigError(`expected backend together, which a dedicated endpoint is of, found ${backend}`, field)
  const engine = judges.find((held) => held.name === base)?.engine
  if (engine !== 'online')
    throw new ConfigError(
      `expected engine online of a judge whose tuned model is asked through a dedicated endpoint (${field}), found "${engine}"`,
      `judges.${base}.engine`,
    )
}
