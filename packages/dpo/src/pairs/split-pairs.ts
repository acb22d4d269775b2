import { createNumpyRandom, groupBy, type PreferencePair, type StudyPairs } from '@judgelab/core'
import { pairPromptKey, siblingKey } from '@judgelab/datasets'

/** Pairs to train on, and pairs to watch the training by. */
export interface PairSides {
  readonly train: readonly PreferencePair[]
  readonly validation: readonly PreferencePair[]
}

/** Divides pairs as a study asks. @throws {RangeError} if a side would be empty */
export function splitPairs(
  pairs: readonly PreferencePair[],
  asked: Pick<StudyPairs, 'split' | 'seed' | 'shuffles' | 'validation'>,
): PairSides {
  const sides = asked.split === 'published' ? publishedSides(pairs, asked) : groupedSides(pairs, asked)
  if (sides.train.length === 0 || sides.validation.length === 0)
    throw new RangeError(
      `splitPairs needs pairs for both sides, got ${pairs.length} pairs, of which ${sides.validation.length} for validation`,
    )
  return sides
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
  const order = [...pairs]
  for (let pass = 0; pass < asked.shuffles; pass++) createNumpyRandom(asked.seed).shuffle(order)
  const cut = Math.trunc((1 - asked.validation) * order.length)
  return { train: order.slice(0, cut), validation: order.slice(cut) }
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
  const random = createNumpyRandom(asked.seed)
  const groupOf = joinedGroups(pairs)
  const held = new Set<string>()
  for (const ofSubset of groupBy(pairs, (pair) => pair.origin.subset).values()) {
    const groups = [...groupBy(ofSubset, groupOf)]
    random.shuffle(groups)
    const wanted = asked.validation * ofSubset.length
    let taken = ofSubset.filter((pair) => held.has(groupOf(pair))).length
    for (const [key, group] of groups) {
      if (held.has(key) || taken + group.length / 2 > wanted) continue
      held.add(key)
      taken += group.length
    }
  }
  fillEmptySide(held, groupBy(pairs, groupOf))
  return {
    train: pairs.filter((pair) => !held.has(groupOf(pair))),
    validation: pairs.filter((pair) => held.has(groupOf(pair))),
  }
}

function fillEmptySide(held: Set<string>, groups: ReadonlyMap<string, readonly PreferencePair[]>): void {
  if (groups.size < 2 || (held.size > 0 && held.size < groups.size)) return
  const [[least]] = [...groups].sort(([, a], [, b]) => a.length - b.length) as [[string, unknown]]
  if (held.size === 0) held.add(least)
  else held.delete(least)
}

/** Validation pairs whose prompt, or whose sibling's prompt, also stands among the training pairs. */
export function sharedPrompts({ train, validation }: PairSides): number {
  const groupOf = joinedGroups([...train, ...validation])
  const seen = new Set(train.map(groupOf))
  return validation.filter((pair) => seen.has(groupOf(pair))).length
}

/** The group of each pair: one question of Ties with its sibling, and whatever asks the same prompt. */
function joinedGroups(pairs: readonly PreferencePair[]): (pair: PreferencePair) => string {
  const joinedTo = new Map<string, string>()
  const rootOf = (key: string): string => {
    const next = joinedTo.get(key)
    return next === undefined ? key : rootOf(next)
  }
  const groupOfPrompt = new Map<string, string>()
  for (const pair of pairs) {
    const prompt = pairPromptKey(pair)
    const own = rootOf(siblingKey(pair.origin.exampleId))
    const first = rootOf(groupOfPrompt.get(prompt) ?? own)
    if (first !== own) joinedTo.set(own, first)
    groupOfPrompt.set(prompt, first)
  }
  return (pair) => rootOf(siblingKey(pair.origin.exampleId))
}

/** How many pairs each subset has, in order of first appearance. */
export function pairCounts(pairs: readonly PreferencePair[]): Record<string, number> {
  return Object.fromEntries(
    [...groupBy(pairs, (pair) => pair.origin.subset)].map(([subset, group]) => [subset, group.length]),
  )
}
