import { DatasetFormatError, readJsonl } from '@judgelab/core'
import { featureExtractor, logitOf, type Policy } from '@judgelab/policy'
import type { ResponseScore } from './rejected-choice.js'

/**
 * A policy's log-probability of a response, up to a constant of the prompt, in nats: among the rejected responses of one
 * example the largest has the least log-ratio of chosen to rejected.
 */
export function policyScore(policy: Policy): ResponseScore {
  let read: { readonly id: string; readonly logit: (text: string) => number } | undefined
  return (example, response) => {
    if (read?.id !== example.id) {
      const features = featureExtractor(example.prompt)
      read = { id: example.id, logit: (text) => logitOf(policy, features(text)) }
    }
    return read.logit((example.responses[response] as { text: string }).text)
  }
}

/**
 * Scores from a JSONL file, one response a line: `{"exampleId": "tied:3", "response": 2, "score": 7.5}`. Ratings of a
 * judge, rewards of a model, log-probabilities: larger is better liked.
 *
 * @throws {DatasetFormatError} with file and line for what is no such line, or scores a response twice; and, when a
 *   response is asked for that has none, with its example
 */
export async function loadResponseScores(file: string): Promise<ResponseScore> {
  const scores = new Map<string, number>()
  for await (const { value, where } of readJsonl(file)) {
    const { exampleId, response, score } = (value ?? {}) as Record<string, unknown>
    if (typeof exampleId !== 'string' || !Number.isInteger(response) || typeof score !== 'number')
      throw new DatasetFormatError(
        `expected exampleId (text), response (index) and score (number), found ${JSON.stringify(value)}`,
        where,
      )
    const key = `${response} ${exampleId}`
    if (scores.has(key))
      throw new DatasetFormatError(
        `expected one score a response, found response ${response} of "${exampleId}" again`,
        where,
      )
    scores.set(key, score)
  }
  return ({ id }, response) => {
    const score = scores.get(`${response} ${id}`)
    if (score === undefined)
      throw new DatasetFormatError(`expected a score of response ${response} of "${id}", found none`, { file })
    return score
  }
}
