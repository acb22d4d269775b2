import { createNumpyRandom, groupBy, type PreferencePair, type StudyPairs } from '@judgelab/core'
import { siblingsOf } from '@judgelab/datasets'
import {
  allPlaces,
  type PairColumns,
  type PairSelection,
  placesBySubset,
  placesWhere,
  selectionOf,
} from './pair-selection.js'

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
  const groupOf = joinedExamples([pairs])
  const groupAt = (place: number): number => groupOf(pairs.columns.exampleAt(place))
  const groupSizes = groupCounter(groupAt)
  const held = new Set<number>()
  for (const ofSubset of placesBySubset(pairs).values()) {
    const { groups, sizeOf } = groupSizes(ofSubset)
    random.shuffle(groups)
    const wanted = asked.validation * ofSubset.length
    let taken = groups.reduce((sum, group) => (held.has(group) ? sum + sizeOf(group) : sum), 0)
    for (const group of groups) {
      if (held.has(group) || taken + sizeOf(group) / 2 > wanted) continue
      held.add(group)
      taken += sizeOf(group)
    }
  }
  fillEmptySide(held, groupSizes(Uint32Array.from({ length: pairs.length }, (_, place) => place)))
  const isHeld = (place: number): boolean => held.has(groupAt(place))
  return {
    train: pairs.take(placesWhere(pairs.length, (place) => !isHeld(place))),
    validation: pairs.take(placesWhere(pairs.length, isHeld)),
  }
}

/** Groups in order of first appearance, and how many pairs each has. */
interface GroupSizes {
  readonly groups: number[]
  readonly sizeOf: (group: number) => number
}

/** A function that counts the groups of some pairs; its answer holds until it is asked again. */
function groupCounter(groupAt: (place: number) => number): (places: Uint32Array) => GroupSizes {
  const sizes: number[] = []
  let counted: readonly number[] = []
  return (places) => {
    for (const group of counted) sizes[group] = 0
    const groups: number[] = []
    for (const place of places) {
      const group = groupAt(place)
      const size = sizes[group] ?? 0
      if (size === 0) groups.push(group)
      sizes[group] = size + 1
    }
    counted = groups.slice()
    return { groups, sizeOf: (group) => sizes[group] as number }
  }
}

function fillEmptySide(held: Set<number>, { groups, sizeOf }: GroupSizes): void {
  if (groups.length < 2 || (held.size > 0 && held.size < groups.length)) return
  const least = groups.reduce((first, group) => (sizeOf(group) < sizeOf(first) ? group : first))
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
  const seen: boolean[] = []
  for (let at = 0; at < train.length; at++) seen[groupOf(train.columns.exampleAt(at))] = true
  return placesWhere(validation.length, (at) => seen[groupOf(validation.columns.exampleAt(at))] === true).length
}

/** The group of each example: one question of Ties with its sibling, and whatever asks the same prompt, unless that is blank. */
function joinedExamples(selections: readonly PairSelection[]): (example: number) => number {
  const parents: number[] = []
  const firstSibling = new Map<string, number>()
  const rootOf = (example: number): number => {
    let root = example
    while (parents[root] !== root) root = parents[root] as number
    parents[example] = root
    return root
  }
  const join = (example: number, other: number): void => {
    parents[rootOf(example)] = rootOf(other)
  }
  for (const { length, columns } of selections)
    for (let place = 0; place < length; place++) {
      const example = columns.exampleAt(place)
      if (parents[example] !== undefined) continue
      parents[example] = example
      const siblings = siblingsOf(columns.exampleId(example))
      if (siblings === undefined) continue
      const first = firstSibling.get(siblings)
      if (first === undefined) firstSibling.set(siblings, example)
      else join(example, first)
    }
  const examples = Uint32Array.from(parents.flatMap((parent, example) => (parent === undefined ? [] : example)))
  for (const [example, other] of samePrompts(examples, selections[0]?.columns)) join(example, other)
  return rootOf
}

/** Examples that ask the same prompt, not a blank one, two by two. */
function* samePrompts(examples: Uint32Array, columns: PairColumns | undefined): Generator<[number, number]> {
  if (columns === undefined) return
  const { promptAt } = columns
  examples.sort((a, b) => promptAt(a) - promptAt(b) || a - b)
  for (let at = 1; at < examples.length; at++) {
    const [other, example] = [examples[at - 1] as number, examples[at] as number]
    if (promptAt(example) !== 0 && promptAt(example) === promptAt(other)) yield [example, other]
  }
}

/** How many pairs each subset has, in order of first appearance. */
export function pairCounts(pairs: readonly PreferencePair[]): Record<string, number> {
  return Object.fromEntries(
    [...groupBy(pairs, (pair) => pair.origin.subset)].map(([subset, group]) => [subset, group.length]),
  )
}
