import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBudget } from '../../src/index.js'
import { createHalt } from '../../src/run/halt.js'

const halt = createHalt(undefined)

describe('a budget', () => {
  it('is never passed, whatever is put aside, settled or released in whatever order', () => {
    const step = fc.record({
      atMost: fc.integer({ min: 0, max: 300 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 1000 }), async (steps, cents) => {
        const budget = createBudget({ maxCost: cents / 100, maxRequests: 25 })
        const open: { settle: () => void }[] = []
        for (const [at, { atMost, share }] of steps.entries()) {
          const reservation = budget.tryReserve(atMost / 100)
          if (reservation !== undefined)
            open.push({
              settle: () => (at % 7 === 0 ? reservation.release() : reservation.settle((atMost / 100) * share)),
            })
          if (at % 3 === 0) open.shift()?.settle()
          expect(budget.spent().costUsd).toBeLessThanOrEqual(cents / 100 + 1e-9)
          expect(budget.spent().requests).toBeLessThanOrEqual(25)
        }
        for (const { settle } of open) settle()
        expect(budget.spent().costUsd).toBeLessThanOrEqual(cents / 100 + 1e-9)
      }),
    )
  })

  it('adds up exactly: ten times 0.1 fits into 1', async () => {
    const budget = createBudget({ maxCost: 1 })
    for (let call = 0; call < 10; call++) (await budget.reserve(0.1, halt))?.settle(0.1)
    expect(budget.spent()).toEqual({ costUsd: 1, requests: 10 })
    expect(await budget.reserve(0.000_000_001, halt)).toBeUndefined()
  })

  it('lets a call wait until one under way turns out cheaper, or it cannot fit any more', async () => {
    const budget = createBudget({ maxCost: 1 })
    const first = await budget.reserve(0.6, halt)
    const second = budget.reserve(0.6, halt)
    first?.settle(0.2)
    const held = await second
    expect(held).toBeDefined()
    const third = budget.reserve(0.5, halt)
    held?.settle(0.6)
    expect(await third).toBeUndefined()
  })

  it('counts what was spent before', async () => {
    const budget = createBudget({ maxCost: 1, maxRequests: 3 }, { costUsd: 0.5, requests: 2 })
    expect(await budget.reserve(0.6, halt)).toBeUndefined()
    expect(await budget.reserve(0.5, halt)).toBeDefined()
    expect(budget.spent().requests).toBe(3)
  })

  it('counts rent, which is owed whether it fits or not, and lets nobody call with what it took', async () => {
    const budget = createBudget({ maxCost: 1 })
    const held = await budget.reserve(0.25, halt)
    expect(budget.leftUsd()).toBe(0.75)
    const waiting = budget.reserve(0.75 + 0.1, halt)
    budget.pay(0.5)
    expect(await waiting).toBeUndefined()
    held?.settle(0.25)
    expect([budget.leftUsd(), budget.spent()]).toEqual([0.25, { costUsd: 0.75, requests: 1 }])
    budget.pay(0.5)
    expect(budget.leftUsd()).toBe(-0.25)
    expect(await budget.reserve(0, halt)).toBeUndefined()
    expect(createBudget().leftUsd()).toBe(Number.POSITIVE_INFINITY)
  })

  it('lets who waits go when the run stops', async () => {
    const budget = createBudget({ maxCost: 1 })
    const own = createHalt(undefined)
    await budget.reserve(0.9, own)
    const second = budget.reserve(0.9, own)
    own.stop({ by: 'signal' })
    expect(await second).toBeUndefined()
  })

  it.each([{ maxCost: 0 }, { maxCost: -1 }, { maxRequests: Number.NaN }])('refuses %j', (limits) => {
    expect(() => createBudget(limits)).toThrow(RangeError)
  })
})
