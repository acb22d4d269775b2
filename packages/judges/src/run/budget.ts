import type { Halt } from './halt.js'

/** What judging may cost; absent is without limit. */
export interface BudgetLimits {
  /** In USD. */
  readonly maxCost?: number | undefined
  /** Calls sent to services, each attempt counting as one. */
  readonly maxRequests?: number | undefined
}

/** What was spent. */
export interface Spent {
  readonly costUsd: number
  readonly requests: number
}

/** Money put aside for one attempt. */
export interface Reservation {
  /** What the attempt did cost; at most what was put aside, or the limit could be passed. */
  readonly settle: (costUsd: number) => void
  /** The attempt was not made after all. */
  readonly release: () => void
}

/**
 * A limit that all judges of a study share. Calls under way count with the most that they can cost, so the limit is never
 * passed: a call is only made when it fits beside them.
 */
export interface Budget extends BudgetLimits {
  /**
   * Puts money for one attempt aside. When it does not fit beside what is under way, waits until enough of that has turned
   * out cheaper; undefined when it can't fit any more, or the run was stopped meanwhile.
   */
  readonly reserve: (atMostUsd: number, halt: Halt) => Promise<Reservation | undefined>
  /** As `reserve`, but never waits: undefined when it does not fit beside what is under way. */
  readonly tryReserve: (atMostUsd: number) => Reservation | undefined
  readonly spent: () => Spent
  /** Counts what was spent otherwise than by calls: rent, which is owed whether it fits or not. Its payer looks at `leftUsd`. */
  readonly pay: (usd: number) => void
  /** USD that are neither spent nor put aside; infinite without a cost limit, below 0 when too much was paid. */
  readonly leftUsd: () => number
}

/** Whole numbers add up exactly, sums of decimal fractions do not. */
export const NANO = 1e9

/**
 * A budget of which `before` is spent already.
 *
 * @throws {RangeError} for a limit that is no number above 0
 */
export function createBudget(limits: BudgetLimits = {}, before: Spent = { costUsd: 0, requests: 0 }): Budget {
  requireLimit('maxCost', limits.maxCost)
  requireLimit('maxRequests', limits.maxRequests)
  const most = limits.maxCost === undefined ? Number.POSITIVE_INFINITY : Math.floor(limits.maxCost * NANO + 1e-3)
  const mostRequests = limits.maxRequests ?? Number.POSITIVE_INFINITY
  let spent = nanoOf(before.costUsd)
  let requests = before.requests
  let aside = 0
  let underWay = 0
  const waiting = new Set<() => void>()

  const lookAgain = (): void => {
    for (const look of [...waiting]) look()
  }
  const take = (atMost: number): Reservation => {
    aside += atMost
    underWay++
    requests++
    let isOpen = true
    const end = (cost: number, sent: number): void => {
      if (!isOpen) return
      isOpen = false
      aside -= atMost
      underWay--
      spent += cost
      requests += sent - 1
      lookAgain()
    }
    return { settle: (costUsd) => end(nanoOf(costUsd), 1), release: () => end(0, 0) }
  }
  const fits = (atMost: number): boolean => requests < mostRequests && spent + aside + atMost <= most
  const isHopeless = (atMost: number): boolean => spent + atMost > most || (underWay === 0 && !fits(atMost))

  return {
    ...limits,
    spent: () => ({ costUsd: spent / NANO, requests }),
    pay: (usd) => {
      spent += nanoOf(usd)
      lookAgain()
    },
    leftUsd: () => (most - spent - aside) / NANO,
    tryReserve: (atMostUsd) => {
      const atMost = nanoOf(atMostUsd)
      return fits(atMost) ? take(atMost) : undefined
    },
    reserve: async (atMostUsd, halt) => {
      const atMost = nanoOf(atMostUsd)
      if (fits(atMost)) return take(atMost)
      return new Promise((resolve) => {
        const end = (reservation: Reservation | undefined): void => {
          waiting.delete(look)
          forget()
          resolve(reservation)
        }
        const look = (): void => {
          if (!waiting.has(look)) return
          if (fits(atMost)) end(take(atMost))
          else if (isHopeless(atMost)) end(undefined)
        }
        let forget = (): void => undefined
        waiting.add(look)
        forget = halt.whenOn(() => end(undefined))
        look()
      })
    },
  }
}

/** USD in whole billionths, rounded up. */
export function nanoOf(usd: number): number {
  return Math.max(0, Math.ceil(usd * NANO - 1e-3))
}

function requireLimit(name: string, value: number | undefined): void {
  if (value !== undefined && !(value > 0)) throw new RangeError(`createBudget needs ${name} > 0, got ${value}`)
}
