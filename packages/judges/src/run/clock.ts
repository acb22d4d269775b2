/** The times that a run needs, so that tests can have their own. */
export interface Clock {
  /** Milliseconds that never go back; their zero means nothing. Durations are differences of these. */
  readonly elapsedMs: () => number
  /** The time of day, for what is written down. It may jump, backwards too. */
  readonly date: () => Date
  /** Calls back after a delay, unless the returned function is called first. */
  readonly after: (delayMs: number, call: () => void) => () => void
}

/** Longest delay that a timer takes. */
const LONGEST = 2 ** 31 - 1

/** This machine's clock. */
export const systemClock: Clock = {
  elapsedMs: () => performance.now(),
  date: () => new Date(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, Math.min(delayMs, LONGEST))
    return () => clearTimeout(timer)
  },
}
