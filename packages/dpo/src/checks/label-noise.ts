import { finish, type PreferencePair, type Steps } from '@judgelab/core'
import { normalText } from '@judgelab/datasets'
import { createNumberSet } from './number-set.js'
import { rememberingLast, textsKey } from './texts-key.js'

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
    /** Pairs that it was asked about: all, or an even sample of many. */
    readonly of: number
    /** Share of them whose non-preferred output it likes better, in [0, 1]. */
    readonly against: number
    readonly bySubset: Readonly<Record<string, number>>
    /** The ten that it is most against: to be read first by whoever doubts the labels. */
    readonly cases: readonly Disagreement[]
  } | null
}

/** Pairs that a scorer is asked about at most. */
const SCORED_AT_MOST = 20_000

/**
 * Looks for labels that may be wrong. Contradictions are a lower bound for errors. A scorer (the base policy, a judge's
 * ratings) that disagrees with a label is no proof: it says which pairs to read first. Of more than 20,000 pairs it is asked
 * about every second one, or every third, and so on.
 *
 * Texts are compared by 52 bits of their digests, so that of a million pairs less than 100 MB are remembered.
 *
 * @param pairs gone through twice
 * @param options.margin how much better the preferred output is liked than the non-preferred one
 */
export function labelNoise(...looked: Parameters<typeof labelNoiseSteps>): LabelNoise {
  return finish(labelNoiseSteps(...looked))
}

/** The same, a pair at a time. */
export function* labelNoiseSteps(
  pairs: Iterable<PreferencePair> & { readonly length: number },
  { margin }: { readonly margin?: ((pair: PreferencePair) => number) | undefined } = {},
): Steps<LabelNoise> {
  const keysOf = pairKeys()
  const said = createNumberSet()
  const preferredKeys = createNumberSet()
  const nonPreferredKeys = createNumberSet()
  let count = 0
  const cases: { readonly id: string; readonly opposite: number }[] = []
  const scorer = margin === undefined ? undefined : createScorer(margin, Math.ceil(pairs.length / SCORED_AT_MOST))
  for (const pair of pairs) {
    const { label, opposite, better, worse } = keysOf(pair)
    if (said.has(opposite)) {
      count++
      if (cases.length < SHOWN_CASES) cases.push({ id: pair.id, opposite })
    }
    said.add(label)
    preferredKeys.add(better)
    nonPreferredKeys.add(worse)
    scorer?.look(pair)
    yield
  }
  const firstWith = new Map(cases.map(({ opposite }) => [opposite, '']))
  let onBothSides = 0
  for (const pair of pairs) {
    const { label, better, worse } = keysOf(pair)
    if (nonPreferredKeys.has(better) || preferredKeys.has(worse)) onBothSides++
    if (firstWith.get(label) === '') firstWith.set(label, pair.id)
    yield
  }
  return {
    pairs: pairs.length,
    contradictions: {
      count,
      cases: cases.map(({ id, opposite }) => ({ id, of: firstWith.get(opposite) as string })),
    },
    onBothSides,
    scorer: scorer?.found() ?? null,
  }
}

const SHOWN_CASES = 10

interface PairKeys {
  /** Of input, preferred and non-preferred output; and of the same with the outputs exchanged. */
  readonly label: number
  readonly opposite: number
  /** Of the input with the preferred output, and with the other one. */
  readonly better: number
  readonly worse: number
}

/** A function that gives the keys of a pair. Pairs of one example come one after another and share their texts. */
function pairKeys(): (pair: PreferencePair) => PairKeys {
  const normalInput = rememberingLast(normalText)
  const normalPreferred = rememberingLast(normalText)
  return ({ input, preferred, nonPreferred }) => {
    const asked = normalInput(input.map(({ role, content }) => `${role}: ${content}`).join('\n\n'))
    const [better, worse] = [normalPreferred(preferred), normalText(nonPreferred)]
    return {
      label: textsKey([asked, better, worse]),
      opposite: textsKey([asked, worse, better]),
      better: textsKey([asked, better]),
      worse: textsKey([asked, worse]),
    }
  }
}

/** Asks about every so-manieth pair, the first among them. */
function createScorer(
  margin: (pair: PreferencePair) => number,
  every: number,
): { readonly look: (pair: PreferencePair) => void; readonly found: () => NonNullable<LabelNoise['scorer']> } {
  const bySubset = new Map<string, { pairs: number; against: number }>()
  let worst: Disagreement[] = []
  let seen = 0
  return {
    look: (pair) => {
      if (seen++ % every !== 0) return
      const { subset } = pair.origin
      const counts = bySubset.get(subset) ?? { pairs: 0, against: 0 }
      bySubset.set(subset, counts)
      counts.pairs++
      const found = margin(pair)
      if (!(found < 0)) return
      counts.against++
      worst = [...worst, { id: pair.id, subset, margin: found }].sort((a, b) => a.margin - b.margin)
      worst = worst.slice(0, SHOWN_CASES)
    },
    found: () => {
      const all = [...bySubset.values()]
      const of = all.reduce((sum, { pairs }) => sum + pairs, 0)
      return {
        of,
        against: all.reduce((sum, { against }) => sum + against, 0) / of,
        bySubset: Object.fromEntries([...bySubset].map(([name, { pairs, against }]) => [name, against / pairs])),
        cases: worst,
      }
    },
  }
}
