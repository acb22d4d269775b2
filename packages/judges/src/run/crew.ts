/** Work that goes on side by side: so many at once, beside those that only wait. */
export interface Crew {
  /** Resolves when there is room for one more, after answers that came meanwhile had their turn: they free places. */
  readonly room: () => Promise<void>
  /** Starts work that takes a place until it ends. */
  readonly start: (work: () => Promise<void>) => void
  /** Waits for something without taking a place. */
  readonly aside: <T>(wait: Promise<T>) => Promise<T>
  /** Resolves when all work has ended. */
  readonly end: () => Promise<void>
}

/** Who waits aside is many times as many as who works, at the most. */
const ASIDE = 4

/**
 * A crew of `most` at once. Who waits aside gives the place back, and takes one again afterwards, whether there is room or
 * not: who began is not held up by who comes later.
 *
 * @param onError told of what work threw
 */
export function createCrew(most: number, onError: (error: unknown) => void): Crew {
  let working = 0
  let waiting = 0
  let wake: (() => void) | undefined
  // In a turn of its own: what makes room sends first, and the next request is composed afterwards.
  const changed = (): void => {
    if (wake !== undefined) setImmediate(wake)
    wake = undefined
  }
  const change = (): Promise<void> => new Promise((resolve) => (wake = resolve))
  return {
    room: async () => {
      await new Promise((resolve) => setImmediate(resolve))
      while (working >= most || waiting >= most * ASIDE) await change()
    },
    start: (work) => {
      working++
      void work()
        .catch(onError)
        .finally(() => {
          working--
          changed()
        })
    },
    aside: async (wait) => {
      working--
      waiting++
      changed()
      try {
        return await wait
      } finally {
        working++
        waiting--
        changed()
      }
    },
    end: async () => {
      while (working + waiting > 0) await change()
    },
  }
}
