import type { Asking, Mode } from '@judgelab/core'

/** What an answer is an answer to: how it was asked, and of how many responses. */
export interface Question {
  readonly mode: Mode
  readonly asking: Asking
  /** How many responses are shown: 1 for rating and classify. */
  readonly slotCount: number
}

/** The letter of a slot, `A` for slot 0. */
export function slotLetter(slot: number): string {
  return String.fromCharCode(65 + slot)
}

/** The labels that may be answered, in the order in which the prompt lists them; none for a rating. */
export function labelsOf({ mode, asking, slotCount }: Question): readonly string[] {
  switch (mode) {
    case 'pairwise':
    case 'best-of-n':
      return [...Array.from({ length: slotCount }, (_, slot) => slotLetter(slot)), ...(asking.allowTie ? ['tie'] : [])]
    case 'classify':
      return classesOf(asking)
    case 'rating':
      return []
  }
}

/** @throws {RangeError} if the asking has no classes */
export function classesOf({ classes }: Asking): readonly string[] {
  if (classes === undefined) throw new RangeError('classify needs the classes of the asking, got none')
  return classes
}

/** @throws {RangeError} if the asking has no scale */
export function scaleOf({ scale }: Asking): { readonly min: number; readonly max: number } {
  if (scale === undefined) throw new RangeError('rating needs the scale of the asking, got none')
  return scale
}
