import {
  type Example,
  finish,
  finishBreathing,
  type PairStrategy,
  type PreferencePair,
  type Steps,
  type StudyPairs,
  strategiesOf,
  type Tokenizer,
} from '@judgelab/core'
import { type CleaningOptions, cleanPairs, createCleaner, type PairCleaning } from '../checks/clean-pairs.js'
import { type LabelNoise, labelNoiseSteps } from '../checks/label-noise.js'
import { type LeakReport, leakSteps } from '../checks/leaks.js'
import { type CritiqueCounts, pairsFromCritiques, type SampledPresentation } from './critiques.js'
import type { PairSelection } from './pair-selection.js'
import { createPairStore, type PairStore } from './pair-store.js'
import type { ResponseScore } from './rejected-choice.js'
import { responsePairs } from './responses.js'
import { type SpreadPairs, spreadSelection } from './spread-pairs.js'
import { type VerdictOptions, verdictPairs } from './verdicts.js'

/** What the pairs of a study are made of. */
export interface PairRequest {
  readonly asked: StudyPairs
  /** The training side. */
  readonly examples: readonly Example[]
  /** What the study judges. */
  readonly judged: readonly Example[]
  /** Similarity from which prompts count as nearly the same; defaults to 0.6. */
  readonly nearPrompts?: number | undefined
  /** For `rejected: hardest`. */
  readonly score?: ResponseScore | undefined
  /** For `verdicts`. */
  readonly verdicts?: Pick<VerdictOptions, 'ask' | 'judgeId'> | undefined
  /** For `critiques`: what was sampled of the training presentations. */
  readonly sampled?: readonly SampledPresentation[] | undefined
  /** For `clean.maxTokens`: the target's tokenizer. */
  readonly tokenizer?: Tokenizer | undefined
  /** How much better the preferred output of a pair is liked, for the label noise report. */
  readonly margin?: ((pair: PreferencePair) => number) | undefined
  /**
   * Told how far each part of the work is: examples (and presentations, of critiques) that pairs were made of, by one strategy
   * after the other; texts compared by the cleaning; prompts compared in the search for leaks.
   */
  readonly onProgress?: ((done: number, total: number, unit: string) => void) | undefined
}

/** Pairs, not yet divided, and what became of all that were built. */
export interface BuiltPairs<Pairs = readonly PreferencePair[]> {
  readonly pairs: Pairs
  readonly built: number
  readonly cleaning: PairCleaning
  readonly leaks: LeakReport
  readonly spread: SpreadPairs['dropped']
  readonly critiques: CritiqueCounts | null
  readonly noise: LabelNoise
}

/**
 * Builds the pairs that a study asks for: strategies in their order, then cleaning (where the study has `clean:`), the search
 * for leaks, balanced lengths, caps and weights.
 *
 * @throws {RangeError} when a strategy lacks what it is made of, or nothing is left
 */
export function buildPairs(request: PairRequest): BuiltPairs {
  const built = finish(selectSteps(request, createPairStore()))
  return { ...built, pairs: [...built.pairs] }
}

/**
 * The same without holding many pairs in memory, but those of critiques, and all where near duplicates are cleaned away. Gives
 * way to other work now and then.
 *
 * @throws the signal's reason when it is stopped
 */
export function selectPairs(
  request: PairRequest,
  { store = createPairStore(), signal }: { readonly store?: PairStore; readonly signal?: AbortSignal | undefined } = {},
): Promise<BuiltPairs<PairSelection>> {
  return finishBreathing(selectSteps(request, store), signal)
}

function* selectSteps(request: PairRequest, store: PairStore): Steps<BuiltPairs<PairSelection>> {
  const { asked, examples, judged, margin, nearPrompts, onProgress } = request
  const { pairs, built, cleaning, critiques } = yield* gather(store, request)
  const held = yield* leakSteps(pairs, { examples, judged, policy: asked.leaks, nearPrompts, onProgress })
  const spread = spreadSelection(held.pairs, asked)
  if (spread.pairs.length === 0)
    throw new RangeError(`buildPairs needs pairs to be left, got 0 of ${built}${sampledWords(critiques)}`)
  return {
    pairs: spread.pairs,
    built,
    cleaning,
    leaks: held.leaks,
    spread: spread.dropped,
    critiques,
    noise: yield* labelNoiseSteps(spread.pairs, { margin }),
  }
}

/** Why nothing may have come of what was sampled. */
function sampledWords(critiques: CritiqueCounts | null): string {
  if (critiques === null) return ''
  const { presentations, divided, allRight, allWrong, noneReadable } = critiques
  return `; of ${presentations} sampled presentations ${divided} have a right and a wrong judgment, ${allRight} only right ones, ${allWrong} only wrong ones, ${noneReadable} none that names a response`
}

type Gathered = Pick<BuiltPairs<PairSelection>, 'pairs' | 'built' | 'cleaning' | 'critiques'>

/** Puts what the strategies make, cleaned, into the store. */
function* gather(store: PairStore, request: PairRequest): Steps<Gathered> {
  const { asked, examples, onProgress } = request
  let critiques: CritiqueCounts | null = null
  const sources = strategiesOf(asked).filter((strategy) => strategy !== 'critiques').length
  const countedExamples = counter(sources * examples.length, 'examples', onProgress)
  const made = (strategy: PairStrategy): Iterable<PreferencePair> => {
    switch (strategy) {
      case 'responses':
        return responsePairs(countedExamples(examples), { ...asked, score: request.score })
      case 'verdicts':
        return verdictPairs(countedExamples(examples), {
          ...asked,
          score: request.score,
          ...needed(request, 'verdicts'),
        })
      case 'critiques': {
        const sampled = needed(request, 'sampled')
        const counted = counter(sampled.length, 'presentations', onProgress)
        const found = pairsFromCritiques(counted(sampled), { lengths: 'balanced' })
        critiques = found.counts
        return found.pairs
      }
    }
  }
  const cleaner = asked.clean === undefined ? undefined : createCleaner(cleaningOf(request))
  let built = 0
  for (const strategy of strategiesOf(asked))
    for (const pair of made(strategy)) {
      built++
      if (cleaner?.passes(pair) !== false) store.add(pair)
      yield
    }
  const pairs = store.pairs()
  const cleaned = cleaner === undefined ? cleanedNothing(pairs) : yield* cleaner.rest(pairs)
  return { built, critiques, ...cleaned }
}

/** Gives things, and tells when each is done; asked again for more of them, it counts on. */
function counter(
  total: number,
  unit: string,
  onProgress: PairRequest['onProgress'],
): <T>(things: Iterable<T>) => Generator<T> {
  let done = 0
  return function* (things) {
    for (const thing of things) {
      yield thing
      onProgress?.(++done, total, unit)
    }
  }
}

function needed<K extends 'verdicts' | 'sampled'>(request: PairRequest, key: K): NonNullable<PairRequest[K]> {
  const held = request[key]
  if (held === undefined || held === null) throw new RangeError(`buildPairs needs ${key} for this strategy, got none`)
  return held
}

function cleaningOf({ asked, tokenizer, onProgress }: PairRequest): CleaningOptions {
  const { maxTokens, nearDuplicates } = asked.clean ?? {}
  if (maxTokens === undefined) return { nearDuplicates, onProgress }
  if (tokenizer === undefined)
    throw new RangeError('buildPairs needs the tokenizer of the target for maxTokens, got none')
  return { nearDuplicates, limit: { tokenizer, maxTokens }, onProgress }
}

function cleanedNothing(pairs: PairSelection): { readonly pairs: PairSelection; readonly cleaning: PairCleaning } {
  const { cleaning } = cleanPairs([])
  return { pairs, cleaning: { ...cleaning, before: pairs.length, after: pairs.length } }
}
