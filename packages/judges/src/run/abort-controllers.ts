/** Controllers for attempts. One that was not needed serves again: making one costs more than all else that a call needs. */
export interface AbortControllers {
  readonly take: () => AbortController
  /** Gives one back that nobody listens to any more. */
  readonly giveBack: (controller: AbortController) => void
}

export function createAbortControllers(): AbortControllers {
  const free: AbortController[] = []
  return {
    take: () => free.pop() ?? new AbortController(),
    giveBack: (controller) => {
      if (!controller.signal.aborted) free.push(controller)
    },
  }
}
