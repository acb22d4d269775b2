import { type Clock, systemClock } from '../src/index.js'

/** A clock on which everything takes a hundredth of its time, and that remembers the delays that it was asked for. */
export function hastyClock(factor = 100): Clock & { readonly delays: readonly number[] } {
  const delays: number[] = []
  return {
    delays,
    elapsedMs: () => performance.now() * factor,
    date: systemClock.date,
    after: (delayMs, call) => {
      delays.push(delayMs)
      return systemClock.after(delayMs / factor, call)
    },
  }
}

/** A clock that stands still until it is moved. */
export function manualClock(): Clock & { readonly advance: (ms: number) => Promise<void> } {
  let nowMs = 0
  const timers = new Set<{ readonly atMs: number; readonly call: () => void }>()
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
  return {
    elapsedMs: () => nowMs,
    date: () => new Date(Date.UTC(2026, 0, 1) + nowMs),
    after: (delayMs, call) => {
      const timer = { atMs: nowMs + delayMs, call }
      timers.add(timer)
      return () => void timers.delete(timer)
    },
    advance: async (ms) => {
      const endMs = nowMs + ms
      for (;;) {
        const [next] = [...timers].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)
        if (next === undefined) break
        nowMs = Math.max(nowMs, next.atMs)
        timers.delete(next)
        next.call()
        await settle()
      }
      nowMs = endMs
      await settle()
    },
  }
}
