import type { Judgment } from '@judgelab/core'
import { countWords } from './length-effect.js'

/** How much a judge writes before it decides. */
export interface Verbosity {
  /** Judgments with a text of the judge; 0 for judges that write none. */
  readonly n: number
  /** Words a judgment, reasoning and answer together; null where there is no text. */
  readonly meanWords: number | null
  readonly medianWords: number | null
  /** Mean over judgments whose service counted them; null where none did. */
  readonly meanOutputTokens: number | null
  readonly meanReasoningTokens: number | null
}

/** Words and tokens of a run's judgments, failed ones among them: they were written, and paid for, too. */
export function verbosityOf(judgments: readonly Judgment[]): Verbosity {
  const words = judgments
    .filter(({ raw, reasoning }) => raw !== undefined || reasoning !== undefined)
    .map(({ raw = '', reasoning = '' }) => countWords(raw) + countWords(reasoning))
    .sort((a, b) => a - b)
  const usages = judgments.flatMap(({ usage }) => usage ?? [])
  return {
    n: words.length,
    meanWords: mean(words),
    medianWords: words.length === 0 ? null : median(words),
    meanOutputTokens: mean(usages.map(({ outputTokens }) => outputTokens)),
    meanReasoningTokens: mean(usages.flatMap(({ reasoningTokens }) => reasoningTokens ?? [])),
  }
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(sorted: readonly number[]): number {
  const middle = sorted.length >> 1
  const upper = sorted[middle] as number
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2
}
