/** Bounds of a wait. Without `timeoutMs` it may last for ever. */
export interface Bounds {
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Waits for `work`; rejects when time is up, or with the signal's reason. Leaves no timer or listener behind. */
export async function within<T>(work: Promise<T>, { timeoutMs, signal }: Bounds): Promise<T> {
  const done = new AbortController()
  const limit = new Promise<never>((_, reject) => {
    if (signal?.aborted) reject(signal.reason)
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: done.signal })
    if (timeoutMs === undefined) return
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs)
    done.signal.addEventListener('abort', () => clearTimeout(timer))
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    done.abort()
  }
}
