import type { Problem } from '../schemas/problem.js'
import type { HostedTuning } from './hosted-tuning.js'
import type { StudyTuning } from './study.js'

/**
 * Parts of one `tuning:` that need each other.
 *
 * @param cells the tunings of the study's matrix that vary this one: what one of them needs may stand in it
 */
export function tuningProblems(tuning: StudyTuning, at: number, cells: readonly StudyTuning[] = []): Problem[] {
  const { loss, labelSmoothing, patience, evaluations, l2, learningRate, backend } = tuning
  const problems: Problem[] = []
  const find = (field: string, message: string): void => {
    problems.push({ path: ['tuning', at, field], message })
  }
  if (loss === 'cdpo' && labelSmoothing === 0)
    find(
      'loss',
      'expected `labelSmoothing:` above 0 beside cdpo, the share of labels that are taken to be flipped, found 0',
    )
  if (labelSmoothing !== 0 && [tuning, ...cells].every((held) => held.loss !== 'cdpo'))
    find('labelSmoothing', `expected loss "cdpo" for label smoothing, found "${loss}"`)
  if (patience !== undefined && evaluations <= patience)
    find('patience', `expected fewer than the evaluations, ${evaluations}, found ${patience}`)
  if (backend === 'local' && l2 * learningRate >= 1)
    find('l2', `expected l2 * learningRate below 1, found ${l2} * ${learningRate}`)
  if (backend === 'local' && tuning.hosted !== undefined)
    find('hosted', 'expected backend together or trl, which `hosted:` is for, found local')
  return [...problems, ...hostedProblems(tuning.hosted, ['tuning', at, 'hosted'])]
}

/** Parts of one `hosted:` that need or exclude each other. */
function hostedProblems(hosted: HostedTuning | undefined, path: readonly (string | number)[]): Problem[] {
  if (hosted === undefined) return []
  const { simpoGamma = 0, normalizeByLength, referenceFree, schedule, huggingFace } = hosted
  const problems: Problem[] = []
  const find = (field: string, message: string): void => {
    problems.push({ path: [...path, field], message })
  }
  if (simpoGamma > 0 && normalizeByLength === false)
    find(
      'normalizeByLength',
      `expected true or nothing beside simpoGamma ${simpoGamma}, which turns it on, found false`,
    )
  if (simpoGamma > 0 && referenceFree === false)
    find('referenceFree', `expected true or nothing beside simpoGamma ${simpoGamma}, which turns it on, found false`)
  if (hosted.fullTraining === true && hosted.loraModules !== undefined)
    find('loraModules', 'expected none beside `fullTraining: true`, which has no adapter, found some')
  if (hosted.cosineCycles !== undefined && schedule !== 'cosine')
    find('cosineCycles', `expected schedule "cosine", whose cycles these are, found "${schedule}"`)
  if (huggingFace?.revision !== undefined && huggingFace.model === undefined)
    find('huggingFace', 'expected `model:` beside `revision:`, whose revision it is, found none')
  return problems
}
