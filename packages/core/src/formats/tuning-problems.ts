import type { Problem } from '../schemas/problem.js'
import type { StudyTuning } from './study.js'

/** Parts of one `tuning:` that need each other. */
export function tuningProblems(tuning: StudyTuning, at: number): Problem[] {
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
  if (loss !== 'cdpo' && labelSmoothing !== 0)
    find('labelSmoothing', `expected loss "cdpo" for label smoothing, found "${loss}"`)
  if (patience !== undefined && evaluations <= patience)
    find('patience', `expected fewer than the evaluations, ${evaluations}, found ${patience}`)
  if (backend === 'local' && l2 * learningRate >= 1)
    find('l2', `expected l2 * learningRate below 1, found ${l2} * ${learningRate}`)
  return problems
}
