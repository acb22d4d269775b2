import { createNumpyRandom, groupBy, type PreferencePair, type StudyPairs } from '@judgelab/core'
import { siblingsOf } from '@judgelab/datasets'
import { allPlaces, type PairSelection, placesWhere, selectionOf } from './pair-selection.js'

/** Pairs to train on, and pairs to watch the training by. */
export interface PairSides {
  readonly train: readonly PreferencePair[]
  readonly validation: readonly PreferencePair[]
}

/** The same of pairs that need not be in memory. */
export interface SelectedSides {
  readonly train: PairSelection
  readonly validation: PairSelection
}

type Asked = Pick<StudyPairs, 'split' | 'seed' | 'shuffles' | 'validation'>

/** Divides pairs as a study asks. @throws {RangeError} if a side would be empty */
export function splitPairs(pairs: readonly PreferencePair[], asked: Asked): PairSides {
  return inMemory(splitSelection(selectionOf(pairs), asked))
}

/** The same of pairs that need not be in memory. */
export function splitSelection(pairs: PairSelection, asked: Asked): SelectedSides {
  const sides = asked.split === 'published' ? publishedSelection(pairs, asked) : groupedSelection(pairs, asked)
  if (sides.train.length === 0 || sides.validation.length === 0)
    throw new RangeError(
      `splitPairs needs pairs for both sides, got ${pairs.length} pairs, of which ${sides.validation.length} for validation`,
    )
  return sides
}

/** Sides as lists. */
export function inMemory({ train, validation }: SelectedSides): PairSides {
  return { train: [...train], validation: [...validation] }
}

/**
 * The published procedure: seed NumPy's legacy generator and shuffle in place, `shuffles` times over; the first
 * `int((1 - validation) * n)` are for training. Pairs of one prompt fall on both sides; the published counts by subset
 * come out with two shuffles.
 */
export function publishedSides(
  pairs: readonly PreferencePair[],
  asked: Pick<StudyPairs, 'seed' | 'shuffles' | 'validation'>,
): PairSides {
  return inMemory(publishedSelection(selectionOf(pairs), asked))
}

function publishedSelection(
  pairs: PairSelection,
  asked: Pick<StudyPairs, 'seed' | 'shuffles' | 'validation'>,
): SelectedSides {
  const order = allPlaces(pairs.length)
  for (let pass = 0; pass < asked.shuffles; pass++) createNumpyRandom(asked.seed).shuffle(order)
  const cut = Math.trunc((1 - asked.validation) * order.length)
  return { train: pairs.take(order.slice(0, cut)), validation: pairs.take(order.slice(cut)) }
}

/**
 * A split that never puts one prompt, nor the `ref:` and `tied:` siblings of one question, on both sides: within each
 * subset, groups are drawn in seeded order and held out where they bring the validation side no further beyond its share
 * of the subset's pairs than half of themselves; a group that is too large is passed over for the next. Examples that ask
 * the same prompt under different ids are one group.
 *
 * Where a side would be empty though there are two groups, the least group of the other side goes over to it.
 */
export function groupedSides(
  pairs: readonly PreferencePair[],
  asked: Pick<StudyPairs, 'seed' | 'validation'>,
): PairSides {
  return inMemory(groupedSelection(selectionOf(pairs), asked))
}

function groupedSelection(pairs: PairSelection, asked: Pick<StudyPairs, 'seed' | 'validation'>): SelectedSides {
  const random = createNumpyRandom(asked.seed)
  const groupAt = groupsOf(pairs)
  const held = new Set<number>()
  for (const ofSubset of groupBy(allPlaces(pairs.length), pairs.columns.subsetAt).values()) {
    const sizes = [...groupSizes(ofSubset, groupAt)]
    random.shuffle(sizes)
    const wanted = asked.validation * ofSubset.length
    let taken = sizes.reduce((sum, [group, size]) => (held.has(group) ? sum + size : sum), 0)
    for (const [group, size] of sizes) {
      if (held.has(group) || taken + size / 2 > wanted) continue
      held.add(group)
      taken += size
    }
  }
  fillEmptySide(held, groupSizes(allPlaces(pairs.length), groupAt))
  const isHeld = (place: number): boolean => held.has(groupAt(place))
  return {
    train: pairs.take(placesWhere(pairs.length, (place) => !isHeld(place))),
    validation: pairs.take(placesWhere(pairs.length, isHeld)),
  }
}

/** How many pairs each group has, in order of first appearance. */
function groupSizes(places: readonly number[], groupAt: (place: number) => number): Map<number, number> {
  const sizes = new Map<number, number>()
  for (const place of places) sizes.set(groupAt(place), (sizes.get(groupAt(place)) ?? 0) + 1)
  return sizes
}

function fillEmptySide(held: Set<number>, sizes: ReadonlyMap<number, number>): void {
  if (sizes.size < 2 || (held.size > 0 && held.size < sizes.size)) return
  const [[least]] = [...sizes].sort(([, a], [, b]) => a - b) as [[number, number]]
  if (held.size === 0) held.add(least)
  else held.delete(least)
}

/** Validation pairs whose prompt, or whose sibling's prompt, also stands among the training pairs. */
export function sharedPrompts({ train, validation }: PairSides): number {
  const all = selectionOf([...train, ...validation])
  const places = allPlaces(all.length)
  return sharedInSelection({
    train: all.take(places.slice(0, train.length)),
    validation: all.take(places.slice(train.length)),
  })
}

/** The same of two sides of one selection. */
export function sharedInSelection({ train, validation }: SelectedSides): number {
  const groupOf = joinedExamples([train, validation])
  const seen = new Set<number>()
  for (let at = 0; at < train.length; at++) seen.add(groupOf(train.columns.exampleAt(at)))
  return placesWhere(validation.length, (at) => seen.has(groupOf(validation.columns.exampleAt(at)))).length
}

function groupsOf(pairs: PairSelection): (place: number) => number {
  const groupOf = joinedExamples([pairs])
  return (place) => groupOf(pairs.columns.exampleAt(place))
}

/** The group of each example: one question of Ties with its sibling, and whatever asks the same prompt. */
function joinedExamples(selections: readonly PairSelection[]): (example: number) => number {
  const parents: number[] = []
  const firstOf = { prompt: new Map<number, number>(), siblings: new Map<string, number>() }
  const rootOf = (example: number): number => {
    let root = example
    while (parents[root] !== root) root = parents[root] as number
    parents[example] = root
    return root
  }
  const join = <Key>(firstWith: Map<Key, number>, key: Key, example: number): void => {
    const first = firstWith.get(key)
    if (first === undefined) firstWith.set(key, example)
    else parents[rootOf(example)] = rootOf(first)
  }
  for (const { length, columns } of selections)
    for (let place = 0; place < length; place++) {
      const example = columns.exampleAt(place)
      if (parents[example] !== undefined) continue
      parents[example] = example
      const siblings = siblingsOf(columns.exampleId(example))
      if (siblings !== undefined) join(firstOf.siblings, siblings, example)
      join(firstOf.prompt, columns.promptAt(example), example)
    }
  return rootOf
}

/** How many pairs each subset has, in order of first appearance. */
export function pairCounts(pairs: readonly PreferencePair[]): Record<string, number> {
  return Object.fromEntries(
    [...groupBy(pairs, (pair) => pair.origin.subset)].map(([subset, group]) => [subset, group.length]),
  )
}
