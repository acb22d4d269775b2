import { digest, type Presentation } from '@judgelab/core'
import type { Judge } from '../judge.js'

/** Digest of a list of presentations, in order. */
export function presentationsDigest(presentations: readonly Presentation[]): string {
  return digest(presentations.map(({ id, comparisonId }) => [id, comparisonId]))
}

/**
 * The id of a run: the judge's model, and a digest of the judge, the data and what is asked. Studies that ask the same of
 * the same judge share the run.
 */
export function runIdOf(judge: Judge, datasetFingerprint: string, presentations: readonly Presentation[]): string {
  const model = judge.spec.model.replaceAll(/[^A-Za-z0-9._+-]+/g, '-')
  const key = digest([judge.id, datasetFingerprint, presentationsDigest(presentations)])
  return `${judge.spec.provider}-${model}-${key.slice(0, 12)}`
}
