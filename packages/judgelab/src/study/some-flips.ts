import type { ContrastResult } from '@judgelab/analysis'

type Flipped = ContrastResult['flipped'][number]

/**
 * At most `most` flips, in the order that they stand in: the first of each subset and kind, then the second of each, and so
 * on, so that rare kinds are seen. The same flips give the same choice.
 */
export function someFlips(flipped: readonly Flipped[], most: number): readonly Flipped[] {
  if (flipped.length <= most) return flipped
  const seen = new Map<string, number>()
  const turns = flipped.map(({ subset, kind }, at) => {
    const group = JSON.stringify([subset, kind])
    const turn = seen.get(group) ?? 0
    seen.set(group, turn + 1)
    return { at, turn }
  })
  const chosen = turns.sort((a, b) => a.turn - b.turn || a.at - b.at).slice(0, most)
  return chosen.sort((a, b) => a.at - b.at).map(({ at }) => flipped[at] as Flipped)
}
