import { requireOpenFraction } from '../check/require-fraction.js'
import { type McnemarTest, mcnemar } from '../paired/mcnemar.js'
import { type PairedDifference, pairedDifference } from '../paired/paired-difference.js'

/** One comparison in which exactly one of the two responses was written by a model of `family`. */
export interface FamilyComparison {
  readonly family: string
  /** 1 where the judge picked that family's response, else 0 */
  readonly picked: 0 | 1
  /** 1 where the label prefers that family's response, else 0 */
  readonly labelled: 0 | 1
}

/** How much more often a judge picks one family's responses than the labels do. */
export interface FamilyPreference {
  readonly quantity: 'family preference'
  readonly method: 'tango and exact mcnemar'
  readonly family: string
  readonly n: number
  readonly level: number
  /** share picked by the judge minus share preferred by the label, in [−1, 1] */
  readonly excess: PairedDifference
  readonly test: McnemarTest
}

/**
 * Whether a judge prefers a model family's responses more than the labels do, for each family.
 *
 * On the comparisons of a family's response with another's, pairs the judge's pick with the label: the excess is the
 * difference of the two shares, tested by exact McNemar. A judge prefers itself if the excess of its own family is above
 * 0; the excess of other families shows what of that is mere style. Adjust the p values for the number of families.
 *
 * Assumes independent comparisons.
 *
 * @param comparisons family, picked, labelled; one entry for each side of a comparison that is of interest
 * @param options.level coverage in (0, 1); defaults to 0.95
 * @returns one result for each family, in order of name
 * @throws {RangeError} if picked or labelled is neither 0 nor 1, or level is outside (0, 1)
 * @see Panickssery et al. (2024), LLM evaluators recognize and favor their own generations
 * @example selfPreference([{ family: 'gpt', picked: 1, labelled: 0 }])[0].excess.value // 1
 */
export function selfPreference(
  comparisons: readonly FamilyComparison[],
  { level = 0.95 }: { readonly level?: number } = {},
): readonly FamilyPreference[] {
  requireOpenFraction('selfPreference', 'level', level)
  const families = new Map<string, number[]>()
  comparisons.forEach(({ family, picked, labelled }, i) => {
    if ((picked !== 0 && picked !== 1) || (labelled !== 0 && labelled !== 1)) {
      throw new RangeError(
        `selfPreference needs picked and labelled 0 or 1, got picked=${picked}, labelled=${labelled} in comparisons[${i}]`,
      )
    }
    const counts = families.get(family) ?? [0, 0, 0, 0]
    counts[2 * picked + labelled]!++
    families.set(family, counts)
  })
  return [...families]
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([family, counts]) => {
      const [neither, onlyB, onlyA, both] = counts as [number, number, number, number]
      const excess = pairedDifference({ both, onlyA, onlyB, neither }, { level })
      const test = mcnemar({ onlyA, onlyB })
      return {
        quantity: 'family preference',
        method: 'tango and exact mcnemar',
        family,
        n: excess.n,
        level,
        excess,
        test,
      } as const
    })
}
