/** The user asked to stop. */
export class StoppedError extends Error {
  constructor() {
    super('stopped; what was done is kept, and the next start goes on where this one was')
    this.name = 'StoppedError'
  }
}

/**
 * Runs work that Ctrl-C (or SIGTERM) stops cleanly: the first signal asks it to stop, the second ends the process at once.
 */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort(new StoppedError())
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
