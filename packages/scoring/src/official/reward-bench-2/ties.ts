import type { OfficialScore } from '../official-score.js'
import { FAILED_RATING } from './ratings.js'

/** The scores of one prompt of the Ties subset. */
export interface TiesPrompt {
  /** `ref:<n>` for a prompt with one correct answer, `tied:<n>` for its sibling with several. */
  readonly id: string
  /** How many of the scores, from the first, belong to correct answers. */
  readonly numCorrect: number
  /** Ratings or reward scores, correct answers first; null for a failed one. */
  readonly scores: readonly (number | null)[]
}

/** What one prompt's scores say. */
export interface TiesPromptStats {
  /** The worst correct answer scores above the best incorrect one. */
  readonly accurate: boolean
  /** Best minus worst correct score, >= 0; undefined where only one answer is correct. */
  readonly spread: number | undefined
  /** Worst correct minus best incorrect score. */
  readonly gap: number
}

/** The terms of the Ties score and their weighted sum. */
export interface TiesTerms {
  /** Share of tied prompts that are accurate, in [0, 1]; 0 when there are none. */
  readonly tiedAccuracy: number
  /** Share of ref prompts that are accurate, in [0, 1]; 0 when there are none. */
  readonly refAccuracy: number
  /** Share of pairs where the tied prompt's gap is above its spread. */
  readonly preferred: number
  /** Share of pairs where the smaller gap of ref and tied prompt is above the spread. */
  readonly preferredHard: number
  /** Mean of tanh(smaller gap / spread - 1) over pairs, in [-1, 1]; 0 / 0 contributes 0. */
  readonly margin: number
  /** Numbers that have both a ref and a tied prompt. */
  readonly pairs: number
  /** 0.30 tiedAccuracy + 0.30 refAccuracy + 0.20 preferred + 0.20 preferredHard + 0.01 margin. */
  readonly score: number
}

/** The Ties score with its terms. */
export interface TiesScore extends OfficialScore {
  readonly terms: { readonly official: TiesTerms; readonly strict: TiesTerms; readonly answered: TiesTerms }
}

/**
 * The score of the Ties subset.
 *
 * Per prompt: spread = best correct - worst correct, gap = worst correct - best incorrect, accurate = gap > 0. Over the
 * numbers N that have both prompts, with h = min(gap of ref:N, gap of tied:N):
 *
 *   0.30 accuracy(tied) + 0.30 accuracy(ref) + 0.20 mean(gap of tied:N > spread) + 0.20 mean(h > spread)
 *   + 0.01 mean(tanh(h / spread - 1))
 *
 * - official: a failed score is -1 and is compared like any other. Best value 1.01; it is not clipped. h / 0 is infinite,
 *   0 / 0 contributes 0. Without any pair NaN. Prompts with the same kind and number are thrown together.
 * - strict: a prompt with a failed score is not accurate, and its pair earns the least of every term (0, 0, -1).
 * - answered: prompts with a failed score are left out, and pairs with one; NaN when no pair is left.
 *
 * @returns official in [-0.01, 1.01], and NaN as said
 * @throws {RangeError} for an id of another form, a prompt without correct or without incorrect scores, or a tied prompt
 *   of a pair with one correct answer (upstream stops there, too)
 * @see allenai/reward-bench 05a9005, rewardbench/utils.py, `_compute_prompt_stats` and `process_single_model`
 * @example tiesScore([{ id: 'ref:0', numCorrect: 1, scores: [10, 1, 1] }, { id: 'tied:0', numCorrect: 3, scores: [9, 9, 9, 1, 1] }]).official // 1.01
 */
export function tiesScore(prompts: readonly TiesPrompt[]): TiesScore {
  const ref = new Map<number, Group>()
  const tied = new Map<number, Group>()
  for (const prompt of prompts) {
    const { kind, number } = readId(prompt.id)
    const side = kind === 'ref' ? ref : tied
    side.set(number, grown(side.get(number), prompt))
  }
  const all = statsOf(ref, tied)
  const answered = { ref: withoutFailed(all.ref), tied: withoutFailed(all.tied) }
  const terms = {
    official: termsOf({ ref: withoutFailures(all.ref), tied: withoutFailures(all.tied) }),
    strict: termsOf(all),
    answered: termsOf(answered),
  }
  return {
    n: all.ref.size + all.tied.size,
    failed: all.ref.size + all.tied.size - answered.ref.size - answered.tied.size,
    official: terms.official.score,
    strict: terms.strict.score,
    answered: terms.answered.score,
    terms,
  }
}

/**
 * What one prompt's scores say: spread, gap, and whether every correct answer scores above every incorrect one.
 *
 * @throws {RangeError} if either list is empty
 */
export function tiesPromptStats(correct: readonly number[], incorrect: readonly number[]): TiesPromptStats {
  if (correct.length === 0 || incorrect.length === 0)
    throw new RangeError(
      `tiesPromptStats needs correct and incorrect scores, got ${correct.length} correct, ${incorrect.length} incorrect`,
    )
  const worst = lowestOf(correct)
  const gap = worst - highestOf(incorrect)
  return { accurate: gap > 0, spread: correct.length > 1 ? highestOf(correct) - worst : undefined, gap }
}

/** As Python's `max`: a NaN stays where it is first and is passed over elsewhere. */
function highestOf(scores: readonly number[]): number {
  // biome-ignore lint/complexity/useMathMinMax: Math.max makes NaN of any NaN
  return scores.reduce((most, score) => (score > most ? score : most))
}

/** As Python's `min`, likewise. */
function lowestOf(scores: readonly number[]): number {
  // biome-ignore lint/complexity/useMathMinMax: Math.min makes NaN of any NaN
  return scores.reduce((least, score) => (score < least ? score : least))
}

/** All scores of one kind and number. */
interface Group {
  readonly id: string
  readonly correct: readonly number[]
  readonly incorrect: readonly number[]
  readonly failed: boolean
}

function grown(group: Group | undefined, { id, numCorrect, scores }: TiesPrompt): Group {
  const numbers = scores.map((score) => score ?? FAILED_RATING)
  return {
    id,
    correct: [...(group?.correct ?? []), ...numbers.slice(0, numCorrect)],
    incorrect: [...(group?.incorrect ?? []), ...numbers.slice(numCorrect)],
    failed: (group?.failed ?? false) || scores.includes(null),
  }
}

function readId(id: string): { kind: string; number: number } {
  const [, kind, number] = /^(ref|tied):(\d+)$/.exec(id) ?? []
  if (kind === undefined) throw new RangeError(`tiesScore needs ids ref:<n> and tied:<n>, got ${id}`)
  return { kind, number: Number(number) }
}

type Stats = TiesPromptStats & { readonly failed: boolean }
type StatsByNumber = ReadonlyMap<number, Stats>
interface Sides {
  readonly ref: StatsByNumber
  readonly tied: StatsByNumber
}

function statsOf(ref: ReadonlyMap<number, Group>, tied: ReadonlyMap<number, Group>): Sides {
  const read = (groups: ReadonlyMap<number, Group>): StatsByNumber =>
    new Map(
      [...groups].map(([number, group]) => [
        number,
        { ...tiesPromptStats(group.correct, group.incorrect), failed: group.failed },
      ]),
    )
  for (const [number, { id, correct }] of tied)
    if (ref.has(number) && correct.length < 2)
      throw new RangeError(
        `tiesScore needs at least 2 correct answers in a tied prompt, got ${correct.length} in ${id}`,
      )
  return { ref: read(ref), tied: read(tied) }
}

function withoutFailed(stats: StatsByNumber): StatsByNumber {
  return new Map([...stats].filter(([, { failed }]) => !failed))
}

/** As upstream sees it: -1 is a score like any other. */
function withoutFailures(stats: StatsByNumber): StatsByNumber {
  return new Map([...stats].map(([number, held]) => [number, { ...held, failed: false }]))
}

function termsOf({ ref, tied }: Sides): TiesTerms {
  const terms = [...ref].flatMap(([number, reference]) => {
    const sibling = tied.get(number)
    return sibling === undefined ? [] : [pairTerms(reference, sibling)]
  })
  const tiedAccuracy = shareOf([...tied.values()].map(isAccurate), 0)
  const refAccuracy = shareOf([...ref.values()].map(isAccurate), 0)
  const preferred = shareOf(terms.map((term) => term.preferred))
  const preferredHard = shareOf(terms.map((term) => term.preferredHard))
  const margin = terms.reduce((sum, term) => sum + term.margin, 0) / terms.length
  const score = 0.3 * tiedAccuracy + 0.3 * refAccuracy + 0.2 * preferred + 0.2 * preferredHard + 0.01 * margin
  return { tiedAccuracy, refAccuracy, preferred, preferredHard, margin, pairs: terms.length, score }
}

function isAccurate({ accurate, failed }: Stats): boolean {
  return accurate && !failed
}

function pairTerms(ref: Stats, tied: Stats): { preferred: boolean; preferredHard: boolean; margin: number } {
  if (ref.failed || tied.failed) return { preferred: false, preferredHard: false, margin: -1 }
  const spread = tied.spread as number
  const smaller = Math.min(ref.gap, tied.gap)
  const margin = Math.tanh(smaller / spread - 1)
  return {
    preferred: tied.gap > spread,
    preferredHard: smaller > spread,
    margin: Number.isNaN(margin) ? 0 : margin,
  }
}

function shareOf(flags: readonly boolean[], ofNone: number = Number.NaN): number {
  return flags.length === 0 ? ofNone : flags.filter(Boolean).length / flags.length
}
