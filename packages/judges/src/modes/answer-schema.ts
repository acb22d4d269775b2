import type { Asking, Mode } from '@judgelab/core'
import { labelsOf, scaleOf } from './question.js'

/** A JSON schema as services take it. */
export interface AnswerSchema {
  readonly type: 'object'
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly required: readonly string[]
  readonly additionalProperties: false
}

/** The most numbers that are listed one by one; OpenAI takes 1,000 values in a schema. */
const MOST_LISTED = 250

/**
 * The schema of a structured answer: reasons first, then the decision, so that a model that writes in the schema's order
 * reasons before it decides. It keeps to what strict modes have in common: every property required, no others, no limits on
 * numbers or lengths (fine-tuned OpenAI models refuse these); a scale is a list of its numbers.
 *
 * @param slotCount how many responses are shown
 * @see https://platform.openai.com/docs/guides/structured-outputs, Supported schemas
 */
export function answerSchema(mode: Mode, asking: Asking, slotCount: number): AnswerSchema {
  const properties = { reasoning: { type: 'string' }, ...decisionOf(mode, asking, slotCount) }
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}

function decisionOf(mode: Mode, asking: Asking, slotCount: number): AnswerSchema['properties'] {
  const labels = labelsOf({ mode, asking, slotCount })
  switch (mode) {
    case 'pairwise':
    case 'best-of-n': {
      const verdict = { type: 'string', enum: labels }
      return asking.askStrength ? { verdict, strength: { type: 'string', enum: ['slight', 'strong'] } } : { verdict }
    }
    case 'rating': {
      const { min, max } = scaleOf(asking)
      const size = max - min + 1
      if (size > MOST_LISTED) return { rating: { type: 'integer' } }
      return { rating: { type: 'integer', enum: Array.from({ length: size }, (_, at) => min + at) } }
    }
    case 'classify':
      return { label: { type: 'string', enum: labels } }
  }
}
