import type { CallSignal } from '../judge.js'

/** Ends one call. */
export interface CallController {
  readonly signal: CallSignal
  readonly abort: () => void
}

/**
 * A controller for one call: what an AbortController does for it, but no event target, which takes more time and memory to make
 * and to listen to, for every call.
 */
export function createCallController(): CallController {
  let reason: Error | undefined
  let listeners: readonly (() => void)[] = []
  return {
    signal: {
      get aborted() {
        return reason !== undefined
      },
      get reason() {
        return reason
      },
      addEventListener: (_, listener) => {
        listeners = [...listeners, listener]
      },
      removeEventListener: (_, listener) => {
        listeners = listeners.filter((held) => held !== listener)
      },
    },
    abort: () => {
      if (reason !== undefined) return
      reason = new DOMException('This operation was aborted', 'AbortError')
      for (const listener of listeners) listener()
    },
  }
}
