import { endpointUsd, type RunEndpoint, sessionAt } from '@judgelab/core'
import { describe, expect, it } from 'vitest'

const SMALL = { hardware: '1x_h100', replicas: 1, inactiveMinutes: 10, usdPerMinute: 0.5 }
const at = (minute: number): string => new Date(Date.UTC(2026, 1, 2, 12, minute)).toISOString()

/** 3 minutes, then from minute 30 on another machine, as the test says. */
function endpointWith(second: object): RunEndpoint {
  return {
    ...SMALL,
    sessions: [
      { startedAt: at(0), stoppedAt: at(3) },
      { startedAt: at(30), ...second },
    ],
  }
}

describe('what an endpoint cost', () => {
  it('is the minutes of each session at its own price', () => {
    // 3 · 0.5 + 1.5 · 2
    const stoppedAt = new Date(Date.parse(at(31)) + 30_000).toISOString()
    expect(endpointUsd(endpointWith({ stoppedAt, endpoint: { ...SMALL, usdPerMinute: 2 } }))).toBe(4.5)
    expect(endpointUsd({ ...SMALL, sessions: [] })).toBe(0)
  })

  it('is not known while a session has no end, or no price', () => {
    expect(endpointUsd(endpointWith({}))).toBeNull()
    expect(endpointUsd(endpointWith({ stoppedAt: at(31), endpoint: { ...SMALL, usdPerMinute: null } }))).toBeNull()
    expect(endpointUsd({ ...endpointWith({ stoppedAt: at(31) }), usdPerMinute: null })).toBeNull()
  })

  it('is at most this where a session that nobody saw end must have ended by then', () => {
    // 3 · 0.5 + 10 · 0.5
    expect(endpointUsd(endpointWith({}), () => Date.parse(at(40)))).toBe(6.5)
  })
})

describe('the session of an answer', () => {
  it('is the one that was open when it came', () => {
    const endpoint = endpointWith({})
    const found = [-1, 0, 3, 4, 29, 30, 50].map((minute) => sessionAt(endpoint, at(minute))?.startedAt)
    expect(found).toEqual([undefined, at(0), at(0), undefined, undefined, at(30), at(30)])
  })
})
