import type { PreferencePair } from '@judgelab/core'
import { normalText } from '@judgelab/datasets'

/** Two pairs that cannot both be right. */
export interface Contradiction {
  readonly id: string
  readonly of: string
}

/** A pair whose label somebody disagrees with, and by how much. */
export interface Disagreement {
  readonly id: string
  readonly subset: string
  /** Below 0: the non-preferred output is liked better. */
  readonly margin: number
}

/** What speaks against some labels. */
export interface LabelNoise {
  readonly pairs: number
  /** Pairs that prefer what an earlier pair of the same input does not: at least one of the two labels is wrong. */
  readonly contradictions: { readonly count: number; readonly cases: readonly Contradiction[] }
  /** Pairs with an output that is preferred in one pair of the input and not preferred in another; Ties aside, a sign of a partial order, not of an error. */
  readonly onBothSides: number
  /** What the scorer thinks of the labels; null where there was none. */
  readonly scorer: {
    /** Share of the pairs whose non-preferred output it likes better, in [0, 1]. */
    readonly against: number
    readonly bySubset: Readonly<Record<string, number>>
    /** The ten that it is most against: to be read first by whoever doubts the labels. */
    readonly cases: readonly Disagreement[]
  } | null
}

/**
 * Looks for labels that may be wrong. Contradictions are a lower bound for errors. A scorer (the base policy, a judge's
 * ratings) that disagrees with a label is no proof: it says which pairs to read first.
 *
 * @param options.margin how much better the preferred output is liked than the non-preferred one
 */
export function labelNoise(
  pairs: readonly PreferencePair[],
  { margin }: { readonly margin?: ((pair: PreferencePair) => number) | undefined } = {},
): LabelNoise {
  const sides = new Map<string, { preferred: Map<string, string>; nonPreferred: Set<string> }>()
  const seen = new Map<string, string>()
  const contradictions: Contradiction[] = []
  for (const { id, input, preferred, nonPreferred } of pairs) {
    const asked = inputKey(input)
    const [better, worse] = [normalText(preferred), normalText(nonPreferred)]
    const of = seen.get(JSON.stringify([asked, worse, better]))
    if (of !== undefined) contradictions.push({ id, of })
    const key = JSON.stringify([asked, better, worse])
    if (!seen.has(key)) seen.set(key, id)
    const held = sides.get(asked) ?? { preferred: new Map<string, string>(), nonPreferred: new Set<string>() }
    sides.set(asked, held)
    held.preferred.set(better, id)
    held.nonPreferred.add(worse)
  }
  const isOnBoth = ({ input, preferred, nonPreferred }: PreferencePair): boolean => {
    const held = sides.get(inputKey(input))
    return (
      held?.nonPreferred.has(normalText(preferred)) === true || held?.preferred.has(normalText(nonPreferred)) === true
    )
  }
  return {
    pairs: pairs.length,
    contradictions: { count: contradictions.length, cases: contradictions.slice(0, SHOWN_CASES) },
    onBothSides: pairs.filter(isOnBoth).length,
    scorer: margin === undefined ? null : scored(pairs, margin),
  }
}

const SHOWN_CASES = 10

function inputKey(input: PreferencePair['input']): string {
  return normalText(input.map(({ role, content }) => `${role}: ${content}`).join('\n\n'))
}

function scored(pairs: readonly PreferencePair[], margin: (pair: PreferencePair) => number): LabelNoise['scorer'] {
  const all = pairs.map((pair) => ({ id: pair.id, subset: pair.origin.subset, margin: margin(pair) }))
  const share = (held: readonly Disagreement[]): number => held.filter((one) => one.margin < 0).length / held.length
  const subsets = [...new Set(all.map(({ subset }) => subset))]
  return {
    against: share(all),
    bySubset: Object.fromEntries(subsets.map((name) => [name, share(all.filter(({ subset }) => subset === name))])),
    cases: all
      .filter((one) => one.margin < 0)
      .sort((a, b) => a.margin - b.margin)
      .slice(0, SHOWN_CASES),
  }
}
