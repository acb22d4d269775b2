import type { PreferencePair } from '@judgelab/core'
import type { ExportFormat } from './export-format.js'

/** What of a pair has no place in a format, so that it would be lost in silence; or undefined. */
export function pairProblem({ input, weight = 1 }: PreferencePair, format: ExportFormat): string | undefined {
  switch (format) {
    case 'openai':
      return weight === 1 ? undefined : `weight: expected 1, since OpenAI has no weights, found ${weight}`
    case 'trl':
    case 'trl-conversational':
      if (weight !== 1) return `weight: expected 1, since TRL's DPOTrainer has no weights, found ${weight}`
      if (format === 'trl' && (input.length !== 1 || input[0]?.role !== 'user'))
        return "input: expected one message of the user's, since a standard row has one prompt text; use trl-conversational"
      return undefined
    default:
      return undefined
  }
}
