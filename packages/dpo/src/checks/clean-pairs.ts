import { finish, type PreferencePair, type Steps } from '@judgelab/core'
import { jaccard, type NearDuplicate, nearDuplicatesWithinSteps, normalText, shinglesOf } from '@judgelab/datasets'
import { type PairSelection, placesWhere, selectionOf } from '../pairs/pair-selection.js'
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
  const cleaner = createCleaner(options)
  const left = pairs.filter(cleaner.passes)
  const { pairs: clean, cleaning } = finish(cleaner.rest(selectionOf(left)))
  return { pairs: [...clean], cleaning }
}

/** Cleans pairs that come one after another. */
export interface PairCleaner {
  /** Whether a pair is to be kept so far; near duplicates are found among those that are. */
  readonly passes: (pair: PreferencePair) => boolean
  /** What is left of the pairs that passed. Near duplicates, where they are looked for, are looked for in memory. */
  readonly rest: (passed: PairSelection) => Steps<{ readonly pairs: PairSelection; readonly cleaning: PairCleaning }>
}

export function createCleaner({ limit, nearDuplicates: threshold, onProgress }: CleaningOptions): PairCleaner {
  const reasonOf = createPairFilter(limit)
  const dropped = Object.fromEntries(
    DROP_REASONS.map((reason) => [reason, { count: 0, bySubset: {}, cases: [] }]),
  ) as unknown as Record<DropReason, DroppedSoFar>
  let before = 0
  const drop = (reason: DropReason, subset: string, found: DroppedPair): void => {
    const held = dropped[reason]
    held.count++
    held.bySubset[subset] = (held.bySubset[subset] ?? 0) + 1
    if (held.cases.length < SHOWN_CASES) held.cases.push(found)
  }
  return {
    passes: (pair) => {
      before++
      const reason = reasonOf(pair)
      if (reason !== undefined) drop(reason, pair.origin.subset, { id: pair.id })
      return reason === undefined
    },
    *rest(passed) {
      const repeated = threshold === undefined ? [] : yield* nearlySame(passed, threshold, onProgress)
      for (const { text, of, similarity } of repeated)
        drop('near-duplicate', passed.columns.subsetAt(text), {
          id: passed.at(text).id,
          of: passed.at(of).id,
          similarity,
        })
      const out = new Set(repeated.map(({ text }) => text))
      const pairs = out.size === 0 ? passed : passed.take(placesWhere(passed.length, (place) => !out.has(place)))
      const nearDuplicates = threshold ?? null
      const limitTold = limit === undefined ? null : limitOf(limit)
      return { pairs, cleaning: { before, after: pairs.length, dropped, limit: limitTold, nearDuplicates } }
    },
  }
}

interface DroppedSoFar extends Dropped {
  count: number
  readonly bySubset: Record<string, number>
  readonly cases: DroppedPair[]
}

const SHOWN_CASES = 10

/**
 * The three texts together find candidates, a little below the threshold, because the shingles that span two texts can
 * differ where all three are alike; each of the three must then be alike by itself.
 */
function* nearlySame(
  pairs: Iterable<PreferencePair>,
  threshold: number,
  onProgress: CleaningOptions['onProgress'],
): Steps<NearDuplicate[]> {
  const parts: (readonly string[])[] = []
  for (const { input, preferred, nonPreferred } of pairs) {
    parts.push([input.map(({ role, content }) => `${role}: ${content}`).join('\n\n'), preferred, nonPreferred])
    yield
  }
  const alikeness = (a: number, b: number): number =>
    Math.min(...[0, 1, 2].map((part) => alike(parts[a]?.[part] as string, parts[b]?.[part] as string)))
  const found = yield* nearDuplicatesWithinSteps(
    parts.map((texts) => texts.join('\n\n')),
    {
      threshold: 0.9 * threshold,
      also: (text, of) => alikeness(text, of) >= threshold,
      onText: (done, total, what) => onProgress?.(done, total, `texts ${what}`),
    },
  )
  return found.map(({ text, of }) => ({ text, of, similarity: alikeness(text, of) }))
}

/** Jaccard similarity of word 5-grams. Texts of fewer than five words have none: they are alike only when they are the same. */
function alike(a: string, b: string): number {
  if (a === b || normalText(a) === normalText(b)) return 1
  return jaccard(shinglesOf(a), shinglesOf(b)) || 0
}

function limitOf({ tokenizer, maxTokens }: TokenLimit): PairCleaning['limit'] {
  const { family, isExact, relativeError } = tokenizer
  return { family, isExact, relativeError, maxTokens }
}
