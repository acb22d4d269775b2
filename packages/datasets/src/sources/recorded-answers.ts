import { DatasetFormatError, type Outcome, presentationOf, type Where } from '@judgelab/core'
import type { RecordedAnswer, RecordedAnswers } from './llmbar-verdicts.js'

/** Collects recorded answers by presentation id, and refuses a second answer to one presentation. */
export function createAnswerBook(file: string): {
  add(answer: {
    readonly exampleId: string
    readonly slots: readonly number[]
    readonly outcome: Outcome
    readonly raw?: string | undefined
    readonly where: Where
  }): void
  /** @throws {DatasetFormatError} if there are none: a replay of nothing would look like a judge that always fails */
  answers(): RecordedAnswers
} {
  const held = new Map<string, RecordedAnswer>()
  return {
    add: ({ exampleId, slots, outcome, raw, where }) => {
      const { id } = presentationOf({ exampleId, mode: 'pairwise', slots, repeat: 0 })
      if (held.has(id))
        throw new DatasetFormatError(
          `expected one judgment for each pair and order, found a second one of ${JSON.stringify(exampleId)}`,
          where,
        )
      held.set(id, { outcome, ...(raw === undefined ? {} : { raw }) })
    },
    answers: () => {
      if (held.size > 0) return held
      throw new DatasetFormatError('expected recorded verdicts, found none', { file })
    },
  }
}
