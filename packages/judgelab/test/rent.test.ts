import { type Clock, createBudget } from '@judgelab/judges'
import { describe, expect, it } from 'vitest'
import { payRent, requireRent } from '../src/study/judges/rent.js'

/** A clock that stands until it is moved; what is due is called then, in order. */
function handMoved(): { readonly clock: Clock; readonly move: (byMs: number) => void } {
  let nowMs = 0
  const due = new Map<() => void, number>()
  const next = (): [() => void, number] | undefined => [...due].sort(([, a], [, b]) => a - b)[0]
  const clock: Clock = {
    elapsedMs: () => nowMs,
    date: () => new Date(nowMs),
    after: (delayMs, call) => {
      due.set(call, nowMs + delayMs)
      return () => due.delete(call)
    },
  }
  const move = (byMs: number): void => {
    const endMs = nowMs + byMs
    for (let first = next(); first !== undefined && first[1] <= endMs; first = next()) {
      due.delete(first[0])
      nowMs = first[1]
      first[0]()
    }
    nowMs = endMs
  }
  return { clock, move }
}

const ENDPOINT = { hardware: 'h100', replicas: 1, inactiveMinutes: 10 }

describe('the rent of an endpoint', () => {
  it('is paid as it goes by, and no more when it has ended', () => {
    const { clock, move } = handMoved()
    const budget = createBudget({ maxCost: 10 })
    const rent = payRent({ ...ENDPOINT, usdPerMinute: 0.6 }, budget, clock) // 0.01 USD a second
    move(2500)
    expect(rent.usd()).toBeCloseTo(0.025, 12)
    expect(budget.spent()).toEqual({ costUsd: 0.02, requests: 0 })
    rent.end()
    move(60_000)
    expect(budget.spent()).toEqual({ costUsd: 0.025, requests: 0 })
    expect(rent.signal.aborted).toBe(false)
  })

  it('stops in time for what is left, others’ calls counted too, so that the limit is not passed', () => {
    const { clock, move } = handMoved()
    const budget = createBudget({ maxCost: 1 }, { costUsd: 0.4, requests: 7 })
    const rent = payRent({ ...ENDPOINT, usdPerMinute: 0.6 }, budget, clock)
    move(10_000)
    budget.tryReserve(0.2)?.settle(0.2)
    // Of 0.6 USD, 0.1 went by in 10 s and 0.2 for a call; 0.3 are 30 s, the last 6 of them for stopping.
    move(23_990)
    expect(rent.signal.aborted).toBe(false)
    move(20)
    expect(rent.signal.aborted).toBe(true)
    expect((rent.signal.reason as Error).message).toBe(
      'out of budget: 0.94 USD of 1.00 USD were spent, in 8 requests and on endpoints, and a minute of this one costs 0.60 USD',
    )
    move(5000)
    rent.end()
    expect(budget.leftUsd()).toBeGreaterThan(0)
  })

  it('is refused where no more than stopping could be paid', () => {
    expect(() => requireRent(createBudget({ maxCost: 0.06 }), 0.6)).toThrow(/^out of budget: 0.00 USD of 0.060 USD/)
    expect(() => requireRent(createBudget({ maxCost: 0.07 }), 0.6)).not.toThrow()
    expect(() => requireRent(createBudget(), 0.6)).not.toThrow()
  })

  it('is nothing where the price is not known or nothing', () => {
    const { clock, move } = handMoved()
    const budget = createBudget({ maxCost: 1 })
    const [unknown, free] = [null, 0].map((usdPerMinute) => payRent({ ...ENDPOINT, usdPerMinute }, budget, clock))
    move(1e9)
    expect([unknown?.usd(), free?.usd(), unknown?.signal.aborted, free?.signal.aborted]).toEqual([
      undefined,
      0,
      false,
      false,
    ])
    expect(budget.spent().costUsd).toBe(0)
  })
})
