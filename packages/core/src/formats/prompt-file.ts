import type { Mode } from './presentation.js'

export const PROMPT_OUTPUTS = ['label', 'structured', 'logprobs', 'official'] as const
/** How an answer to a prompt is read: by one of the decisions, or as the official code of RewardBench 2 reads it. */
export type PromptOutput = (typeof PROMPT_OUTPUTS)[number]

/** What stands at the head of a prompt's file. */
export interface PromptHead {
  readonly name: string
  readonly mode: Mode
  /** What its answers can be read as; `official` stands alone. */
  readonly output: readonly PromptOutput[]
  /** Counts up when the text changes. */
  readonly version: number
  /** Whose words these are, with the place where they were published. */
  readonly source: string
  readonly description: string
}

/** A judging prompt as it stands in a file: its head, and the text below it with lines that end in `\n`. */
export interface PromptFile extends PromptHead {
  readonly body: string
  /** The line of the file on which the body begins, from 1. */
  readonly bodyLine: number
}
