import type { Mode } from '@judgelab/core'
import { type Question, scaleOf, slotLetter } from '../modes/question.js'
import { delimit } from './delimit.js'

/** What stands in the place of a placeholder. `isBare` is a text without its delimiters. */
export type Placeholder =
  | { readonly kind: 'prompt' | 'reference' | 'criteria'; readonly isBare: boolean }
  | { readonly kind: 'response'; readonly slot: number; readonly isBare: boolean }
  | { readonly kind: 'responses' | 'output' | 'count' | 'min' | 'max' | 'classes' }

/** What a section depends on: a text that is shown, or a thing that is asked. */
export type Condition = 'prompt' | 'reference' | 'criteria' | 'tie' | 'strength'

export const CONDITIONS: readonly Condition[] = ['prompt', 'reference', 'criteria', 'tie', 'strength']

/** The texts of one call, and how it is asked. */
export interface Filling {
  readonly question: Question
  /** Absent when the judge is blind. */
  readonly prompt: string | undefined
  readonly responses: readonly string[]
  readonly reference: string | undefined
  readonly criteria: string | undefined
  readonly nonce: string
  readonly output: string
}

/** The names that a prompt of a mode may use, for errors. */
export function placeholderNames(mode: Mode): string[] {
  const texts = ['prompt', 'reference', 'criteria', ...responseNames(mode)]
  return [...texts, ...texts.map((name) => `${name}.text`), ...otherNames(mode), 'output']
}

function responseNames(mode: Mode): string[] {
  const most = { pairwise: 2, 'best-of-n': 26, rating: 0, classify: 0 }[mode]
  if (most === 0) return ['response']
  return Array.from({ length: most }, (_, slot) => `response_${slotLetter(slot).toLowerCase()}`)
}

function otherNames(mode: Mode): string[] {
  if (mode === 'rating') return ['min', 'max']
  if (mode === 'classify') return ['classes']
  return ['responses', 'count']
}

/** The placeholder of a name, if a prompt of the mode may use it. */
export function placeholderOf(name: string, mode: Mode): Placeholder | undefined {
  if (!placeholderNames(mode).includes(name)) return undefined
  const isBare = name.endsWith('.text')
  const plain = isBare ? name.slice(0, -'.text'.length) : name
  switch (plain) {
    case 'prompt':
    case 'reference':
    case 'criteria':
      return { kind: plain, isBare }
    case 'responses':
    case 'output':
    case 'count':
    case 'min':
    case 'max':
    case 'classes':
      return { kind: plain }
    default:
      return { kind: 'response', slot: plain === 'response' ? 0 : plain.charCodeAt(plain.length - 1) - 97, isBare }
  }
}

/** Whether a placeholder is filled with lines of their own. */
export function isBlock(placeholder: Placeholder): boolean {
  return 'isBare' in placeholder ? !placeholder.isBare : ['responses', 'output'].includes(placeholder.kind)
}

/** What stands in the place of a placeholder; undefined where there is nothing to stand there. */
export function filledWith(placeholder: Placeholder, filling: Filling): string | undefined {
  switch (placeholder.kind) {
    case 'prompt':
    case 'reference':
    case 'criteria':
      return shownText(placeholder.kind.toUpperCase(), filling[placeholder.kind], placeholder.isBare, filling)
    case 'response':
      return response(placeholder.slot, placeholder.isBare, filling)
    case 'responses':
      return filling.responses.map((_, slot) => response(slot, false, filling)).join('\n\n')
    case 'output':
      return filling.output
    case 'count':
      return String(filling.responses.length)
    case 'min':
    case 'max':
      return String(scaleOf(filling.question.asking)[placeholder.kind])
    case 'classes':
      return filling.question.asking.classes?.join(', ')
  }
}

function response(slot: number, isBare: boolean, filling: Filling): string | undefined {
  const isAlone = filling.question.mode === 'rating' || filling.question.mode === 'classify'
  return shownText(isAlone ? 'RESPONSE' : `RESPONSE ${slotLetter(slot)}`, filling.responses[slot], isBare, filling)
}

function shownText(name: string, text: string | undefined, isBare: boolean, { nonce }: Filling): string | undefined {
  return text === undefined || isBare ? text : delimit(name, text, nonce)
}

/** Whether the text between a section's tags is shown. */
export function holds(condition: Condition, filling: Filling): boolean {
  switch (condition) {
    case 'tie':
      return filling.question.asking.allowTie
    case 'strength':
      return filling.question.asking.askStrength
    default:
      return filling[condition] !== undefined
  }
}
