import { ConfigError, matrixCells, type Study, type StudyTuning } from '@judgelab/core'
import { checkTogetherTuning, checkTrlTuning } from '@judgelab/dpo'
import type { StudyContext } from '../context.js'
import { basePolicy, togetherSecrets } from './backend-of.js'

/**
 * Refuses what could not be tuned, by the study itself or in a cell of its matrix, as far as no service need be asked, before
 * anything is prepared for it.
 *
 * @throws {ConfigError} for a base or a parameter that the study's backend does not tune or know, and an endpoint that nothing
 *   could be asked through
 */
export function checkTuning({ loaded: { study }, ...means }: Pick<StudyContext, 'loaded' | 'env' | 'standIn'>): void {
  const cells = study.matrix === undefined ? [] : matrixCells(study)
  for (const parameters of [...study.tuning, ...cells.map(({ tuning }) => tuning)]) {
    const { backend } = parameters
    if (backend === 'local') basePolicy(study, parameters)
    else checkHostedBase(study, parameters)
    if (backend === 'trl') checkTrlTuning(parameters)
    if (backend === 'together')
      checkTogetherTuning(parameters, { hasValidation: study.pairs?.validation !== 0, secrets: togetherSecrets(means) })
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
