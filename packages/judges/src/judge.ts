import type {
  Engine,
  JudgeLimits,
  JudgeSpec,
  Outcome,
  Presentation,
  ShownPresentation,
  TokenPrices,
  Usage,
} from '@judgelab/core'

/** What answers presentations: in this process, behind a service call by call, or behind a service by the file. */
export type Judge = OwnJudge | ServiceJudge | BulkJudge

interface Named {
  readonly name: string
  readonly id: string
  readonly spec: JudgeSpec
}

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
 * A judge in this process. One that could not answer returns a `failed` outcome or throws a JudgeCallError, which
 * the run engine records as one; any other error is a bug and stops the run.
 */
export interface OwnJudge extends Named {
  /** How many calls may be under way at once. */
  readonly concurrency: number
  readonly answer: (call: Call) => Answer | Promise<Answer>
}

/**
 * A model behind a service. What is asked, how it is sent and what the reply says are apart, so that an engine may keep
 * the reply in a cache, count its cost before it is made, or send many requests in a file.
 */
export interface ServiceJudge extends Named {
  /** Whose limits and credentials the calls share: one a provider and address. */
  readonly service: string
  readonly limits: JudgeLimits
  /** USD for a million tokens, and who says so; absent where nobody knows: such a judge is refused under a cost limit. */
  readonly prices?: (TokenPrices & { readonly source: string }) | undefined
  /** The request for what is shown; the same request for the same, on every machine. `repeat` above 0 is asked anew. */
  readonly compose: (shown: ShownPresentation, repeat: number) => ServiceRequest
  /**
   * One attempt.
   *
   * @throws {JudgeCallError} when the service refused it, could not be reached or said something unreadable, or its turn did
   *   not come
   */
  readonly send: (request: ServiceRequest, options: SendOptions) => Promise<ServiceReply>
  /** What a reply says. Pure: a stored reply is read again the same way. */
  readonly read: (reply: unknown, shown: ShownPresentation) => Answer
}

/** As much of an AbortSignal as a call needs. */
export interface CallSignal {
  readonly aborted: boolean
  readonly reason?: unknown
  readonly addEventListener: (type: 'abort', listener: () => void) => void
  readonly removeEventListener: (type: 'abort', listener: () => void) => void
}

export interface SendOptions {
  readonly signal: CallSignal
  /** Asked when everything is ready to be sent, and waited for; false where it is not to be sent after all. */
  readonly turn?: (() => Promise<boolean>) | undefined
}

/** One request, but for credentials. Its digest with `service` is its key in the cache and its id in a batch. */
export interface ServiceRequest {
  /** Below the base URL, like `/chat/completions`. */
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  /** The body as JSON, exactly as it is sent. */
  readonly json: string
  readonly repeat: number
  /** What it can use at the most: the prompt's tokens counted high, and the limit of the answer. */
  readonly atMost: { readonly inputTokens: number; readonly outputTokens: number }
}

/** What the service answered. */
export interface ServiceReply {
  /** The JSON body, as it came. */
  readonly body: unknown
  /** From sending to the first and the last byte, in milliseconds; 0 where it came in a file, and nobody measured. */
  readonly firstByteMs: number
  readonly totalMs: number
}

/** Something to be answered in bulk. */
export interface BulkCall {
  readonly presentation: Presentation
  readonly shown: ShownPresentation
  /** The digest of its request, where the judge has `requests`. */
  readonly key?: string | undefined
}

/** A bulk judge's answer to one presentation. `latencyMs` where the service says how long it took. */
export interface BulkAnswer extends Answer {
  readonly presentationId: string
  /** That of the call, where it had one. */
  readonly key?: string | undefined
  readonly latencyMs?: number | undefined
  /** How often it was sent, where that is more than once. */
  readonly attempts?: number | undefined
  /** The body that says so, where it may answer the same request again. */
  readonly reply?: unknown
  /** True where the service did nothing, and so nothing is paid. */
  readonly isFree?: boolean | undefined
}

/** How a bulk judge collects. What is optional only matters to one that sends requests in files. */
export interface CollectOptions {
  /** For what must outlive this process: ids of jobs and files. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly onStatus?: ((line: string) => void) | undefined
  /** The place of a call among those that are handed over, by its key; undefined for what is not among them. */
  readonly placeOf: (key: string) => number | undefined
  /** Take what is there: submit nothing and wait for nothing. */
  readonly isTaking?: boolean | undefined
  /** False where not everything that is missing was handed over: what was submitted may belong to the rest. */
  readonly isAll?: boolean | undefined
  /** Whether the service has answered anything of this run, now or before. */
  readonly isAnswered?: (() => boolean) | undefined
  /** Asks for leave to send a call again whose last attempt may have been paid for. */
  readonly mayRepeat?: ((call: BulkCall) => boolean) | undefined
  /** Told, before it ends, what is to be done by hand: nobody answers by himself, and so nothing is waited for. */
  readonly onHandOff?: ((message: string) => void) | undefined
  /** Resolves when every answer that was given is in the log. */
  readonly kept?: (() => Promise<void>) | undefined
}

/**
 * A judge that takes everything in files and answers when it has time: a batch service, or an evaluation service. What it
 * is waiting for stands in `folder` before it waits, so that another process goes on with it.
 */
export interface BulkJudge extends Named {
  readonly prices?: (TokenPrices & { readonly source: string }) | undefined
  /** What a call can use at the most; absent where nobody can say: such a judge is refused under a cost limit. */
  readonly atMost?: ((call: BulkCall) => ServiceRequest['atMost']) | undefined
  /**
   * The judge whose requests it sends in files. The cache and the limits of calls are those of its requests, equal ones are
   * sent once, and an answer may come from the cache or go there.
   */
  readonly requests?: ServiceJudge | undefined
  /** How a run that it answers was made, as its manifest says it. */
  readonly engine?: Engine | undefined
  /** Digests of requests that are submitted and not answered: under a budget they are handed over before others. */
  readonly underWay?: ((folder: string) => Promise<ReadonlySet<string>>) | undefined
  /**
   * Answers in any order, each presentation at most once; what never comes is asked again by a later start.
   *
   * @throws the signal's reason when it is stopped: what was submitted goes on without it
   */
  readonly collect: (calls: readonly BulkCall[], options: CollectOptions) => AsyncIterable<BulkAnswer>
}
