import { costUsd, type FailureReason, type Judgment, type TokenPrices } from '@judgelab/core'

/** How far a run is. */
export interface RunProgress {
  /** Presentations that have their judgment, from before and from now. */
  readonly done: number
  readonly total: number
  /** Of those that are done, how many failed, by reason; reasons that did not occur are left out. */
  readonly failures: Partial<Readonly<Record<FailureReason, number>>>
  /** What the run's answers cost; those from the cache had been paid for. Undefined where nobody knows the prices. */
  readonly costUsd: number | undefined
  /** Judgments a second since this start; undefined before the first. */
  readonly ratePerSecond: number | undefined
  /** At that rate. */
  readonly leftSeconds: number | undefined
}

/** Counts the judgments of one run, each as it comes: the work for one does not grow with their number. */
export interface RunTally {
  /** A line of the log that an earlier start left. */
  readonly addEarlier: (judgment: Judgment) => void
  /** What the presentation's last judgment of an earlier start is; to be asked before `begin`, which forgets. */
  readonly has: (presentationId: string) => 'answer' | 'failure' | undefined
  /** Begins this start: these of the known presentations are asked again, and count as not done until then. */
  readonly begin: (askedAgain: Iterable<string>, nowMs: number) => void
  readonly add: (judgment: Judgment) => void
  readonly asked: () => { readonly judgments: number; readonly cached: number }
  readonly progress: (nowMs: number) => RunProgress
}

/** A tally of `total` presentations, of which none is known yet. */
export function createRunTally(total: number, prices: TokenPrices | undefined): RunTally {
  const failures = new Map<FailureReason, number>()
  const earlier = new Map<string, FailureReason | undefined>()
  let cost = 0
  let done = 0
  let judgments = 0
  let cached = 0
  let beganMs = 0

  const shift = (reason: FailureReason | undefined, by: number): void => {
    done += by
    if (reason !== undefined) failures.set(reason, (failures.get(reason) ?? 0) + by)
  }
  const pay = ({ usage, cached: isCached }: Judgment): void => {
    if (usage !== undefined && prices !== undefined && !isCached) cost += costUsd(usage, prices)
  }
  return {
    addEarlier: (judgment) => {
      const { presentationId } = judgment
      if (earlier.has(presentationId)) shift(earlier.get(presentationId), -1)
      const reason = reasonOf(judgment)
      earlier.set(presentationId, reason)
      shift(reason, 1)
      pay(judgment)
    },
    has: (presentationId) =>
      earlier.has(presentationId) ? (earlier.get(presentationId) === undefined ? 'answer' : 'failure') : undefined,
    begin: (askedAgain, nowMs) => {
      for (const id of askedAgain) shift(earlier.get(id), -1)
      earlier.clear()
      beganMs = nowMs
    },
    add: (judgment) => {
      shift(reasonOf(judgment), 1)
      pay(judgment)
      judgments++
      if (judgment.cached) cached++
    },
    asked: () => ({ judgments, cached }),
    progress: (nowMs) => {
      const seconds = (nowMs - beganMs) / 1000
      const ratePerSecond = judgments > 0 && seconds > 0 ? judgments / seconds : undefined
      return {
        done,
        total,
        failures: Object.fromEntries([...failures].filter(([, count]) => count > 0)),
        costUsd: prices === undefined ? undefined : cost,
        ratePerSecond,
        leftSeconds: ratePerSecond === undefined ? undefined : (total - done) / ratePerSecond,
      }
    },
  }
}

function reasonOf({ outcome }: Judgment): FailureReason | undefined {
  return outcome.kind === 'failed' ? outcome.reason : undefined
}
