import type { FamilyComparison, FamilyPreference } from '@judgelab/stats'

/** How often a judge picks responses of one kind, beside how often the labels do. Shares in [0, 1]. */
export interface Preference {
  readonly n: number
  readonly picked: number
  readonly labelled: number
  /** picked − labelled, in [−1, 1], with Tango's interval and exact McNemar p, which are null where judging was stopped early. */
  readonly excess: number
  readonly low: number | null
  readonly high: number | null
  readonly p: number | null
}

/** The shares behind a family preference, and its numbers. */
export function preferenceOf({ excess, test }: FamilyPreference, of: readonly FamilyComparison[]): Preference {
  const share = (holds: (comparison: FamilyComparison) => boolean): number => of.filter(holds).length / of.length
  return {
    n: of.length,
    picked: share(({ picked }) => picked === 1),
    labelled: share(({ labelled }) => labelled === 1),
    excess: excess.value,
    low: excess.low,
    high: excess.high,
    p: test.p,
  }
}
