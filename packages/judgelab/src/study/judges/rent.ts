import type { PricedEndpoint } from '@judgelab/core'
import { type Budget, type Clock, usdText } from '@judgelab/judges'

/** The minutes of an endpoint that is up, paid from a budget as they go by. */
export interface Rent {
  /** Goes off, with an error that says why, when what is left of the budget pays for no more than stopping. */
  readonly signal: AbortSignal
  /** USD so far; undefined where the price is not known. */
  readonly usd: () => number | undefined
  /** Pays for what went by since it last did, and for no more. */
  readonly end: () => void
}

const MINUTE_MS = 60_000
/** Other judges of the study see what is left of the budget at most so much too late. */
const PAY_EVERY_MS = 1000
/** Calls under way may be answered for 5 s after a run was stopped; then the service is asked to stop the endpoint. */
const STOPPING_MS = 6000

/** Pays from now on. Without a known price nothing is paid. */
export function payRent({ usdPerMinute }: PricedEndpoint, budget: Budget, clock: Clock): Rent {
  const usdPerMs = (usdPerMinute ?? 0) / MINUTE_MS
  const startedMs = clock.elapsedMs()
  const stop = new AbortController()
  let paidUsd = 0
  let cancel = (): void => undefined
  const usd = (): number => (clock.elapsedMs() - startedMs) * usdPerMs
  const pay = (): void => {
    const owedUsd = usd()
    budget.pay(owedUsd - paidUsd)
    paidUsd = owedUsd
  }
  const payOn = (): void => {
    pay()
    const leftMs = budget.leftUsd() / usdPerMs - STOPPING_MS
    if (leftMs > 0) cancel = clock.after(Math.min(PAY_EVERY_MS, leftMs), payOn)
    else stop.abort(outOfRent(budget, usdPerMinute ?? 0))
  }
  if (usdPerMs > 0) payOn()
  return {
    signal: stop.signal,
    usd: () => (usdPerMinute === null ? undefined : usd()),
    end: () => {
      cancel()
      pay()
    },
  }
}

/** Whether anything could be asked before the money for stopping is all that is left. @throws {Error} saying what was spent, when nothing could */
export function requireRent(budget: Budget, usdPerMinute: number): void {
  if (budget.leftUsd() <= (usdPerMinute * STOPPING_MS) / MINUTE_MS) throw outOfRent(budget, usdPerMinute)
}

function outOfRent(budget: Budget, usdPerMinute: number): Error {
  const { costUsd, requests } = budget.spent()
  return new Error(
    `out of budget: ${usdText(costUsd)} of ${usdText(budget.maxCost ?? 0)} were spent, in ${requests} requests and on endpoints, and a minute of this one costs ${usdText(usdPerMinute)}`,
  )
}
