import type { Prompt } from './message.js'

export const MODES = ['pairwise', 'best-of-n', 'rating', 'classify'] as const
/** How a judge is asked: between two, among n, a rating of one, or the class of one. Any of them may have a reference. */
export type Mode = (typeof MODES)[number]

/** Which responses of which example stand in which slots of one call. */
export interface Presentation {
  /** `<example id>|<mode>|<response in slot 0>-<response in slot 1>-…#<repeat>`; unique within a run. */
  readonly id: string
  readonly exampleId: string
  /** The comparison that this call is evidence for; absent where a call belongs to a whole example. */
  readonly comparisonId?: string | undefined
  readonly mode: Mode
  /** Response index by slot: one slot for rating and classify, two for pairwise, n for best-of-n. */
  readonly slots: readonly number[]
  /** 0 for the first time that this is asked, counting up for repeated asking. */
  readonly repeat: number
}

/** What the judge sees of a presentation: texts only, nothing from which the label could be told. */
export interface ShownPresentation {
  readonly mode: Mode
  /** The benchmark's own category of the example, which decides the criteria where a judge has some by subset. */
  readonly subset?: string | undefined
  readonly prompt: Prompt
  /** The responses' texts, by slot. */
  readonly slots: readonly string[]
  /** A reference answer or source text, for judging against it. */
  readonly reference?: string | undefined
}

/** The least and the most slots that each mode takes. */
export const SLOTS_OF_MODE: Readonly<Record<Mode, readonly [number, number]>> = {
  pairwise: [2, 2],
  'best-of-n': [2, 26],
  rating: [1, 1],
  classify: [1, 1],
}

/**
 * A presentation with its id.
 *
 * @throws {RangeError} if the mode does not take that many slots, or a slot or the repeat is no integer >= 0
 */
export function presentationOf({
  exampleId,
  comparisonId,
  mode,
  slots,
  repeat,
}: Omit<Presentation, 'id'>): Presentation {
  const [least, most] = SLOTS_OF_MODE[mode]
  if (slots.length < least || slots.length > most)
    throw new RangeError(
      `presentationOf needs ${least === most ? least : `${least} to ${most}`} slots for ${mode}, got ${slots.length}`,
    )
  if (!isCount(repeat) || !slots.every(isCount))
    throw new RangeError(`presentationOf needs integers >= 0, got slots=[${slots.join(', ')}], repeat=${repeat}`)
  const id = `${exampleId}|${mode}|${slots.join('-')}#${repeat}`
  return comparisonId === undefined
    ? { id, exampleId, mode, slots, repeat }
    : { id, exampleId, comparisonId, mode, slots, repeat }
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0
}
