import type { Presentation } from '@judgelab/core'
import type { Asking, Made } from './asking.js'

/** So many calls that failed for good with no answer between them are a wall. */
const WALL = 10

/** What is of every call, not of this one: the key, the bill, the permission, the model or address. */
const HOPELESS: ReadonlyMap<number, string> = new Map([
  [401, 'the key is not accepted'],
  [402, 'the account has no money left'],
  [403, 'the key may not do this'],
  [404, 'there is no such model or address'],
])

/**
 * Stops a run that gets nowhere. A call that failed for good waits here until the service has answered another one: only
 * then was it the call's own failure, and is a judgment. Behind a wall of errors nothing was judged, and the next start
 * asks again.
 */
export interface CircuitBreaker {
  /** True, and the run stops, when an error is of every call. */
  readonly isHopeless: (status: number | undefined, message: string) => boolean
  /** The service has answered. */
  readonly answered: () => Promise<void>
  readonly failed: (presentation: Presentation, made: Made, message: string) => Promise<void>
  /** Nothing more is coming for now: what waits is recorded, unless the run has no answer at all. */
  readonly settle: () => Promise<void>
}

/** A breaker that has seen nothing; it speaks of the service by the judge's name. */
export function createCircuitBreaker(
  name: string,
  { halt, progress, record }: Pick<Asking, 'halt' | 'progress' | 'record'>,
): CircuitBreaker {
  let held: { readonly presentation: Presentation; readonly made: Made }[] = []
  let inARow = 0
  let lastMessage = ''
  const stop = (why: string): void =>
    halt.stop({ by: 'service', message: `${name}: stopped, ${why}; what was answered is kept` })
  const release = async (): Promise<void> => {
    const released = held
    held = []
    for (const { presentation, made } of released) await record(presentation, made)
  }
  const isAnswered = (): boolean => {
    const { done, failures } = progress()
    return done > Object.values(failures).reduce((sum, count) => sum + count, 0)
  }
  return {
    isHopeless: (status, message) => {
      const why = status === undefined ? undefined : HOPELESS.get(status)
      if (why !== undefined) stop(`${why} (${status}: ${message})`)
      return why !== undefined
    },
    answered: async () => {
      inARow = 0
      if (held.length > 0) await release()
    },
    failed: async (presentation, made, message) => {
      if (halt.isOn()) return
      held.push({ presentation, made })
      lastMessage = message
      if (++inARow >= WALL) stop(`${inARow} calls after each other failed (the last: ${message})`)
    },
    settle: async () => {
      if (held.length === 0 || halt.isOn()) return
      if (isAnswered()) await release()
      else stop(`no call was answered (the last: ${lastMessage})`)
    },
  }
}
