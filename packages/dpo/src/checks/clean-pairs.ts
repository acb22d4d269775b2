import type { PreferencePair } from '@judgelab/core'
import { jaccard, nearDuplicatesWithin, normalText, shinglesOf } from '@judgelab/datasets'
import { createPairFilter, DROP_REASONS, type DropReason, type TokenLimit } from './pair-filter.js'

/** A pair that was left out; where it repeats another, which one and how alike they are. */
export interface DroppedPair {
  readonly id: string
  readonly of?: string | undefined
  readonly similarity?: number | undefined
}

/** How many pairs were left out for one reason, by subset, and the first ten of them. */
export interface Dropped {
  readonly count: number
  readonly bySubset: Readonly<Record<string, number>>
  readonly cases: readonly DroppedPair[]
}

/** What cleaning did. */
export interface PairCleaning {
  readonly before: number
  readonly after: number
  readonly dropped: Readonly<Record<DropReason, Dropped>>
  /** By whose tokens, and up to how many; null where length was no reason. */
  readonly limit: {
    readonly family: string
    readonly isExact: boolean
    readonly relativeError: number
    readonly maxTokens: number
  } | null
  /** Similarity from which pairs were near duplicates; null where they were not looked for. */
  readonly nearDuplicates: number | null
}

/** What cleaning looks for, and who wants to know how far it is. */
export interface CleaningOptions {
  readonly limit?: TokenLimit | undefined
  /** Similarity from which pairs are near duplicates, in (0, 1]; absent, they are not looked for. */
  readonly nearDuplicates?: number | undefined
  readonly onProgress?: ((done: number, total: number, unit: string) => void) | undefined
}

/**
 * The pairs without those that teach nothing (`createPairFilter`), and without near duplicates where a similarity is given:
 * pairs whose input, preferred and non-preferred output are each the same as those of an earlier pair, or of at least that
 * Jaccard similarity of word 5-grams. In their order.
 */
export function cleanPairs(
  pairs: readonly PreferencePair[],
  options: CleaningOptions = {},
): { readonly pairs: PreferencePair[]; readonly cleaning: PairCleaning } {
  const { limit, nearDuplicates: threshold, onProgress } = options
  const out = new Map<PreferencePair, DroppedPair & { readonly reason: DropReason }>()
  const reasonOf = createPairFilter(limit)
  for (const [at, pair] of pairs.entries()) {
    const reason = reasonOf(pair)
    if (reason !== undefined) out.set(pair, { id: pair.id, reason })
    onProgress?.(at + 1, pairs.length, 'pairs checked')
  }
  if (threshold !== undefined) {
    const left = pairs.filter((pair) => !out.has(pair))
    for (const { text, of, similarity } of nearlySame(left, threshold, onProgress)) {
      const [pair, other] = [left[text] as PreferencePair, left[of] as PreferencePair]
      out.set(pair, { id: pair.id, reason: 'near-duplicate', of: other.id, similarity })
    }
  }
  return {
    pairs: pairs.filter((pair) => !out.has(pair)),
    cleaning: {
      before: pairs.length,
      after: pairs.length - out.size,
      dropped: Object.fromEntries(
        DROP_REASONS.map((reason) => [reason, droppedFor(reason, out)]),
      ) as PairCleaning['dropped'],
      limit: limit === undefined ? null : limitOf(limit),
      nearDuplicates: threshold ?? null,
    },
  }
}

/**
 * The three texts together find candidates, a little below the threshold, because the shingles that span two texts can
 * differ where all three are alike; each of the three must then be alike by itself.
 */
function nearlySame(
  pairs: readonly PreferencePair[],
  threshold: number,
  onProgress: CleaningOptions['onProgress'],
): ReturnType<typeof nearDuplicatesWithin> {
  const parts = pairs.map(({ input, preferred, nonPreferred }) => [
    input.map(({ role, content }) => `${role}: ${content}`).join('\n\n'),
    preferred,
    nonPreferred,
  ])
  const alikeness = (a: number, b: number): number =>
    Math.min(...[0, 1, 2].map((part) => alike(parts[a]?.[part] as string, parts[b]?.[part] as string)))
  return nearDuplicatesWithin(
    parts.map((texts) => texts.join('\n\n')),
    {
      threshold: 0.9 * threshold,
      also: (text, of) => alikeness(text, of) >= threshold,
      onText: (done, total, what) => onProgress?.(done, total, `texts ${what}`),
    },
  ).map(({ text, of }) => ({ text, of, similarity: alikeness(text, of) }))
}

/** Jaccard similarity of word 5-grams. Texts of fewer than five words have none: they are alike only when they are the same. */
function alike(a: string, b: string): number {
  if (a === b || normalText(a) === normalText(b)) return 1
  return jaccard(shinglesOf(a), shinglesOf(b)) || 0
}

const SHOWN_CASES = 10

function droppedFor(
  reason: DropReason,
  out: ReadonlyMap<PreferencePair, DroppedPair & { readonly reason: DropReason }>,
): Dropped {
  const held = [...out].filter(([, dropped]) => dropped.reason === reason)
  const bySubset: Record<string, number> = {}
  for (const [{ origin }] of held) bySubset[origin.subset] = (bySubset[origin.subset] ?? 0) + 1
  return {
    count: held.length,
    bySubset,
    cases: held.slice(0, SHOWN_CASES).map(([, { reason: _, ...dropped }]) => dropped),
  }
}

function limitOf({ tokenizer, maxTokens }: TokenLimit): PairCleaning['limit'] {
  const { family, isExact, relativeError } = tokenizer
  return { family, isExact, relativeError, maxTokens }
}
