import { createHash } from 'node:crypto'
import { digest, type Presentation } from '@judgelab/core'
import type { Judge } from '../judge.js'

/** Digest of a list of presentations, in order: of the canonical JSON of their ids, each with its comparison's. */
export function presentationsDigest(presentations: readonly Presentation[]): string {
  const hash = createHash('sha256')
  let json = '['
  for (const [at, { id, comparisonId = null }] of presentations.entries()) {
    json += `${at === 0 ? '' : ','}${JSON.stringify([id, comparisonId])}`
    if (json.length < CHUNK) continue
    hash.update(json)
    json = ''
  }
  return hash.update(`${json}]`).digest('hex')
}

/** The digest of the list as one text, made a piece at a time: a long list need not be in memory twice. */
const CHUNK = 1 << 16

/**
 * The id of a run: the judge's model, and a digest of the judge, the data and what is asked. Studies that ask the same of
 * the same judge share the run.
 *
 * @param presentationsSha256 `presentationsDigest` of what is asked
 */
export function runIdOf(judge: Judge, datasetFingerprint: string, presentationsSha256: string): string {
  const model = judge.spec.model.replaceAll(/[^A-Za-z0-9._+-]+/g, '-')
  const key = digest([judge.id, datasetFingerprint, presentationsSha256])
  return `${judge.spec.provider}-${model}-${key.slice(0, 12)}`
}
