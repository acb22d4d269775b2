import { createRecordStore, type PreferencePair, promptText } from '@judgelab/core'
import { createColumns, type PairSelection, selection } from './pair-selection.js'

/** Where built pairs wait until it is known which of them are taken. */
export interface PairStore {
  readonly add: (pair: PreferencePair) => void
  /** All that were added; nothing may be added after that. */
  readonly pairs: () => PairSelection
}

/**
 * Pairs in memory, or, where they are many or long, in a file (`createRecordStore`): then there are some 20 bytes of each in
 * memory, and looking at one takes some microseconds.
 *
 * @param long from how many on they lie in a file
 */
export function createPairStore(long?: number): PairStore {
  const columns = createColumns()
  const store = createRecordStore<PreferencePair>({ charactersOf, long })
  return {
    add: (pair) => {
      columns.add(pair)
      store.add(pair)
    },
    pairs: () => selection({ ...store.records(), columns }),
  }
}

function charactersOf({ input, preferred, nonPreferred }: PreferencePair): number {
  return promptText(input).length + preferred.length + nonPreferred.length
}
