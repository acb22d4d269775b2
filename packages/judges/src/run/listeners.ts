/** Who is to be called when something happens, where they come and go with every call. */
export interface Listeners {
  /** Listens until the returned function is called. */
  readonly add: (call: () => void) => () => void
  /** Calls all, each once, and forgets them. */
  readonly callAll: () => void
}

/**
 * In an array, where who leaves makes room for the last one. A Set would leave behind a table for every few that come and go,
 * which is only freed in a full collection, and with it all that those held.
 */
export function createListeners(): Listeners {
  const held: { readonly call: () => void; at: number }[] = []
  return {
    add: (call) => {
      const listener = { call, at: held.length }
      held.push(listener)
      return () => {
        if (listener.at < 0) return
        const last = held.pop()
        if (last !== undefined && last !== listener) {
          held[listener.at] = last
          last.at = listener.at
        }
        listener.at = -1
      }
    },
    callAll: () => {
      const all = held.splice(0)
      for (const listener of all) listener.at = -1
      for (const { call } of all) call()
    },
  }
}
