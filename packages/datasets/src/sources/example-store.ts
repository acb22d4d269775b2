import { createRecordStore, type Example, lazyList, promptText } from '@judgelab/core'

/** Takes examples one by one, and gives them back as a list. */
export interface ExampleStore {
  readonly add: (example: Example) => void
  /** All that were added; nothing may be added after that. */
  readonly list: () => readonly Example[]
}

/**
 * Examples in memory, or, where they are many or long, in a file (`createRecordStore`).
 *
 * @param long from how many on they lie in a file
 */
export function createExampleStore(long?: number): ExampleStore {
  const { add, records } = createRecordStore<Example>({ charactersOf, long })
  return {
    add,
    list: () => {
      const { length, at, held } = records()
      return held ?? lazyList(length, rememberingLast(at))
    },
  }
}

function charactersOf({ prompt, responses }: Example): number {
  return responses.reduce((sum, { text }) => sum + text.length, promptText(prompt).length)
}

/** Reads what was read last only once: who goes through a list looks at each example several times. */
function rememberingLast<T>(at: (index: number) => T): (index: number) => T {
  let last: { readonly index: number; readonly value: T } | undefined
  return (index) => {
    if (last?.index !== index) last = { index, value: at(index) }
    return last.value
  }
}
