import { describe, expect, it } from 'vitest'
import { createServiceGates, type Pass, type ServiceGate } from '../../src/index.js'
import { createHalt } from '../../src/run/halt.js'
import { manualClock } from '../clocks.js'

const SMALL = { inputTokens: 100, outputTokens: 900 }
const halt = createHalt(undefined)

/** Enters `count` times at once; the passes that were given, as they are given. */
function enterMany(gate: ServiceGate, count: number, atMost = SMALL, isRetry = false): Pass[] {
  const passes: Pass[] = []
  for (let call = 0; call < count; call++)
    void gate.enter({ atMost, isRetry }, halt).then((pass) => {
      if (pass !== undefined) passes.push(pass)
    })
  return passes
}

describe('the calls under way at a service', () => {
  it('start at the limit, are shared by all who share the service, and go on as calls end', async () => {
    const clock = manualClock()
    const gates = createServiceGates(clock)
    const one = gates.gateOf('a', { concurrency: 3 })
    const other = gates.gateOf('a', { concurrency: 2 })
    const passes = enterMany(one, 2)
    const others = enterMany(other, 2)
    const elsewhere = enterMany(gates.gateOf('b', { concurrency: 1 }), 1)
    await clock.advance(0)
    expect([passes.length, others.length, elsewhere.length]).toEqual([2, 1, 1])
    one.leave(passes[0] as Pass, { kind: 'answered' })
    await clock.advance(0)
    expect(others).toHaveLength(2)
  })

  it('fall to three quarters when it is too much, once for all that were sent before, and rise with answers', async () => {
    const clock = manualClock()
    const gate = createServiceGates(clock).gateOf('a', { concurrency: 64 })
    const passes = enterMany(gate, 64)
    await clock.advance(10)
    for (const pass of passes.slice(0, 32)) gate.leave(pass, { kind: 'overloaded' })
    expect(gate.limit()).toBe(48)
    await clock.advance(10)
    const later = enterMany(gate, 16)
    await clock.advance(10)
    gate.leave(later[0] as Pass, { kind: 'overloaded' })
    expect(gate.limit()).toBe(36)
    // A round of answers, one for each call that may be under way, adds two: a thirty-second of 64.
    for (const pass of [...passes.slice(32), ...later.slice(1, 5)]) gate.leave(pass, { kind: 'answered' })
    expect(gate.limit()).toBe(37)
    const rounds = enterMany(gate, 1000)
    for (let next = 0; next < 1000; next++) {
      await clock.advance(1)
      gate.leave(rounds[next] as Pass, { kind: 'answered' })
    }
    expect(gate.limit()).toBe(64)
  })

  it('never fall below one, and let attempts after the first go first', async () => {
    const clock = manualClock()
    const gate = createServiceGates(clock).gateOf('a', { concurrency: 2 })
    const next = async (): Promise<Pass> => {
      await clock.advance(1)
      return (await gate.enter({ atMost: SMALL, isRetry: false }, halt)) as Pass
    }
    for (let fall = 0; fall < 10; fall++) gate.leave(await next(), { kind: 'overloaded' })
    expect(gate.limit()).toBe(1)
    const running = await next()
    const order: string[] = []
    for (const isRetry of [false, true])
      void gate.enter({ atMost: SMALL, isRetry }, halt).then((pass) => {
        order.push(isRetry ? 'again' : 'first')
        gate.leave(pass as Pass, { kind: 'failed' })
      })
    gate.leave(running, { kind: 'failed' })
    await clock.advance(0)
    expect(order).toEqual(['again', 'first'])
  })

  it('end for who waits when the run stops', async () => {
    const clock = manualClock()
    const gate = createServiceGates(clock).gateOf('a', { concurrency: 1 })
    const own = createHalt(undefined)
    const first = await gate.enter({ atMost: SMALL, isRetry: false }, own)
    const second = gate.enter({ atMost: SMALL, isRetry: false }, own)
    const third = gate.enter({ atMost: SMALL, isRetry: false }, halt)
    own.stop({ by: 'signal' })
    expect(await second).toBeUndefined()
    gate.leave(first as Pass, { kind: 'failed' })
    expect(await third).toBeDefined()
  })
})

describe('the requests a minute', () => {
  it.each([1, 7, 60, 600])('are at most %i in any minute, and as many as that over ten', async (perMinute) => {
    const clock = manualClock()
    const gate = createServiceGates(clock).gateOf('a', { concurrency: 1000, requestsPerMinute: perMinute })
    const passes = enterMany(gate, 1000)
    await clock.advance(600_000 - 1)
    const times = passes.map(({ sentAtMs }) => sentAtMs)
    expect(times.length).toBe(Math.min(1000, perMinute * 10))
    for (const from of times)
      expect(times.filter((at) => at >= from && at < from + 60_000 - 1e-6).length).toBeLessThanOrEqual(perMinute)
  })
})

describe('the tokens a minute', () => {
  it('count what a call may use until it is known what calls do use', async () => {
    const clock = manualClock()
    const gate = createServiceGates(clock).gateOf('a', { concurrency: 100, tokensPerMinute: 60_000 })
    const passes = enterMany(gate, 100)
    await clock.advance(999)
    expect(passes).toHaveLength(1)
    gate.leave(passes[0] as Pass, { kind: 'answered', inputTokens: 80, outputTokens: 20 })
    // From here on a call counts as 100 + 20 tokens: one every 120 ms; 100 of the first 999 ms are used.
    await clock.advance(0)
    expect(passes.length).toBeGreaterThan(1)
    const before = passes.length
    await clock.advance(1200)
    expect(passes.length - before).toBe(10)
  })
})
