import type { Judgment, Presentation, RunFolder, RunManifest, ShownPresentation } from '@judgelab/core'
import type { AnswerCache } from '../cache/answer-cache.js'
import type { Judge } from '../judge.js'
import type { Budget } from './budget.js'
import type { Clock } from './clock.js'
import type { RetryPolicy } from './retries.js'
import type { RunProgress } from './run-tally.js'
import type { ServiceGates } from './service-gate.js'

/** What the runs of one process share, and what a test replaces. */
export interface RunMeans {
  /** Replies that were paid for before; absent, every call is sent. */
  readonly cache?: AnswerCache | undefined
  /** Shared by all judges of a study; absent, nothing is limited. */
  readonly budget?: Budget | undefined
  /** Shared by all runs of a process, so that judges of one service share its limits; absent, the run has its own. */
  readonly gates?: ServiceGates | undefined
  readonly retries?: RetryPolicy | undefined
  readonly clock?: Clock | undefined
  /** Uniform in [0, 1), for the jitter of retries; defaults to a generator seeded by the run's id. */
  readonly random?: (() => number) | undefined
  /** After the signal, calls under way may still be answered for so long; defaults to 5,000. */
  readonly graceMs?: number | undefined
}

/** One judge over one list of presentations, in a folder. */
export interface RunRequest extends RunMeans {
  readonly judge: Judge
  readonly presentations: readonly Presentation[]
  /** What the judge sees of a presentation; called whenever it is needed, and the same each time. */
  readonly show: (presentation: Presentation) => ShownPresentation
  readonly run: RunFolder
  /**
   * The manifest of a first start, but for `completedAt`, which the engine fills when every presentation has its judgment.
   * Of a run that goes on, the first manifest stays, and this one's time, git and software are added to it, and its `stopping`.
   */
  readonly manifest: Omit<RunManifest, 'completedAt' | 'resumed'>
  /** Ask those again whose last judgment failed. The new judgment is appended to the log, where the last one counts. */
  readonly retryFailed?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  /** Told after every hundredth part of the run, every tenth of a second, and at the end. */
  readonly onProgress?: ((progress: RunProgress) => void) | undefined
  /** Told of every judgment once it is in the log. */
  readonly onJudgment?: ((judgment: Judgment) => void) | undefined
  /** Of a judge that answers in bulk, take what is there: submit nothing and wait for nothing. */
  readonly isTaking?: boolean | undefined
  /** What a bulk judge is waiting for, in its own words. */
  readonly onStatus?: ((line: string) => void) | undefined
}

/** Why a run ended before it was complete, in words where there is something to say. */
export type Stopped =
  | { readonly by: 'signal' }
  | { readonly by: 'budget'; readonly message: string }
  | { readonly by: 'service'; readonly message: string }
  /** What is missing lies in files for somebody else, and the message says how it is answered. */
  | { readonly by: 'hand-off'; readonly message: string }

/** What a run came to. */
export interface RunReport extends RunProgress {
  /** How many judgments were made now; the others had been made before. */
  readonly asked: number
  /** How many of those came from the cache. */
  readonly cached: number
  /** True when every presentation has its judgment. */
  readonly isComplete: boolean
  /** Why it is not complete; what was answered is kept, and the next start asks for the rest. */
  readonly stopped?: Stopped | undefined
}
