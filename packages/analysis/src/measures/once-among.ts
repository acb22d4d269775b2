import type { Judgment } from '@judgelab/core'

/**
 * Whether every example was shown in one order, among `slots` responses: what official codes ask. Both orders of a study
 * are two answers, and one example may have more; repeats are not looked at.
 */
export function isOnceAmong(slots: number, judgments: readonly Judgment[]): boolean {
  const placements = new Map(
    judgments.flatMap(({ presentationId, exampleId, repeat }) =>
      repeat === 0 ? [[presentationId, exampleId] as const] : [],
    ),
  )
  return (
    new Set(placements.values()).size === placements.size &&
    judgments.every((judgment) => judgment.slots.length === slots)
  )
}
