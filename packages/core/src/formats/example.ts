import type { Prompt } from './message.js'

/** One answer to an example's prompt; `model` says who wrote it where that is known. */
export interface Response {
  readonly text: string
  readonly model?: string | undefined
}

/** One benchmark item: a prompt, responses to it, and which of them people (or the construction) call right. */
export interface Example {
  readonly v: 1
  readonly id: string
  readonly subset: string
  readonly prompt: Prompt
  /** In the source's order. Elsewhere a response is named by its index here. */
  readonly responses: readonly Response[]
  /** Indices of the chosen responses, ascending; all others are rejected. */
  readonly chosen: readonly number[]
  readonly metadata: Readonly<Record<string, unknown>>
}

/** Indices of the responses that are not chosen, ascending. */
export function rejectedOf(example: Example): number[] {
  const chosen = new Set(example.chosen)
  return example.responses.map((_, index) => index).filter((index) => !chosen.has(index))
}
