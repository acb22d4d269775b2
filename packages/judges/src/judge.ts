import type { JudgeSpec, Outcome, ShownPresentation, Usage } from '@judgelab/core'

/** One call: what is shown, and the id under which its judgment will stand. */
export interface Call {
  readonly presentationId: string
  readonly shown: ShownPresentation
  readonly signal?: AbortSignal | undefined
}

/** What a judge came to, before it is dated and logged. */
export interface Answer {
  readonly outcome: Outcome
  readonly raw?: string | undefined
  readonly reasoning?: string | undefined
  readonly usage?: Usage | undefined
}

/**
 * What answers presentations. A judge that could not answer returns a `failed` outcome or throws a JudgeCallError, which
 * the run engine records as one; any other error is a bug and stops the run.
 */
export interface Judge {
  readonly name: string
  readonly id: string
  readonly spec: JudgeSpec
  /** How many calls may be under way at once. */
  readonly concurrency: number
  readonly answer: (call: Call) => Answer | Promise<Answer>
}
