import { setImmediate } from 'node:timers/promises'

/** Work that pauses at each `yield`, so that whoever does it can give way to other work there, or do no more of it. */
export type Steps<Result> = Generator<unknown, Result, void>

/** Does all steps at a stretch. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const next = steps.next()
    if (next.done) return next.value
  }
}

/** Does something with each of a list, and pauses after each. */
export function* stepEach<Item, Result>(
  items: readonly Item[],
  work: (item: Item, at: number) => Result,
): Steps<Result[]> {
  const results: Result[] = []
  for (const [at, item] of items.entries()) {
    results.push(work(item, at))
    yield
  }
  return results
}

/** Time between two breaths, in which signals and progress get their turn. */
const BREATH_MS = 50

/**
 * Does all steps, and gives way to other work now and then.
 *
 * @throws the signal's reason when it was stopped: no further step is done, and what the steps hold open is closed
 */
export async function finishBreathing<Result>(steps: Steps<Result>, signal?: AbortSignal | undefined): Promise<Result> {
  try {
    await setImmediate() // who asked for the work may first look at what it tells
    let last = performance.now()
    for (;;) {
      signal?.throwIfAborted()
      const next = steps.next()
      if (next.done) return next.value
      if (performance.now() - last < BREATH_MS) continue
      await setImmediate()
      last = performance.now()
    }
  } finally {
    steps.return(undefined as never)
  }
}
