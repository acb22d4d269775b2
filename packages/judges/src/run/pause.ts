import type { Clock } from './clock.js'
import type { Halt } from './halt.js'

/** Resolves after a delay, or as soon as the run is stopped. */
export function pause(clock: Clock, delayMs: number, halt: Halt): Promise<void> {
  return new Promise((resolve) => {
    let forget = (): void => undefined
    const cancel = clock.after(delayMs, () => {
      forget()
      resolve()
    })
    forget = halt.whenOn(() => {
      cancel()
      resolve()
    })
  })
}
