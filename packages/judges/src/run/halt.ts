import { createListeners } from './listeners.js'

/** What ended a run before everything was answered: its signal, the budget, or a service that is of no use now. */
export type HaltReason =
  | { readonly by: 'signal' }
  /** `nextUsd` is what the call that did not fit may cost. */
  | { readonly by: 'budget'; readonly nextUsd: number }
  | { readonly by: 'service'; readonly message: string }
  | { readonly by: 'hand-off'; readonly message: string }

/** Whether a run is to begin nothing new, and why. The first reason stands. */
export interface Halt {
  readonly isOn: () => boolean
  readonly reason: () => HaltReason | undefined
  readonly stop: (reason: HaltReason) => void
  /** For what is no reason to stop but a bug or a broken disk: to be thrown once everything under way has ended. */
  readonly fail: (error: unknown) => void
  /** @throws the first error that `fail` was given */
  readonly throwFailure: () => void
  /** Calls back when it goes on, at once if it is; until the returned function is called. */
  readonly whenOn: (call: () => void) => () => void
}

/** A halt that is off, and goes on with the signal. */
export function createHalt(signal: AbortSignal | undefined): Halt & { readonly release: () => void } {
  let why: HaltReason | undefined
  const failures: unknown[] = []
  const listeners = createListeners()
  const isOn = (): boolean => why !== undefined || failures.length > 0
  const turnOn = (change: () => void): void => {
    const wasOn = isOn()
    change()
    if (!wasOn) listeners.callAll()
  }
  const stop = (reason: HaltReason): void =>
    turnOn(() => {
      why ??= reason
    })
  const onSignal = (): void => stop({ by: 'signal' })
  if (signal?.aborted) onSignal()
  signal?.addEventListener('abort', onSignal, { once: true })
  return {
    isOn,
    reason: () => why,
    stop,
    fail: (error) => turnOn(() => failures.push(error)),
    throwFailure: () => {
      if (failures.length > 0) throw failures[0]
    },
    whenOn: (call) => {
      if (isOn()) {
        call()
        return () => undefined
      }
      return listeners.add(call)
    },
    release: () => signal?.removeEventListener('abort', onSignal),
  }
}
