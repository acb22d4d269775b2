/**
 * At most `most` items, in the order that they stand in: the first of each group, then the second of each, and so on, so
 * that rare groups are seen. The same items give the same choice.
 */
export function spreadChoice<T>(items: readonly T[], most: number, groupOf: (item: T) => string): readonly T[] {
  if (items.length <= most) return items
  const seen = new Map<string, number>()
  const turns = items.map((item, at) => {
    const group = groupOf(item)
    const turn = seen.get(group) ?? 0
    seen.set(group, turn + 1)
    return { at, turn }
  })
  const chosen = turns.sort((a, b) => a.turn - b.turn || a.at - b.at).slice(0, most)
  return chosen.sort((a, b) => a.at - b.at).map(({ at }) => items[at] as T)
}
