/** What can be counted in a response. */
export type CountedUnit =
  | 'words'
  | 'sentences'
  | 'paragraphs'
  | 'bullets'
  | 'numbered'
  | 'items'
  | 'lines'
  | 'characters'
  | 'placeholders'
  | 'highlights'
/** Characters that a prompt may forbid. */
export type ForbiddenMark =
  | 'comma'
  | 'exclamation'
  | 'question'
  | 'digit'
  | 'semicolon'
  | 'colon'
  | 'hyphen'
  | 'bracket'
  | 'quote'
  | 'emoji'
  | 'list'
  | 'capital'

/** A requirement that a prompt states and that can be verified on a response without understanding it. */
export type Constraint =
  /** The count of `unit` is from `min` to `max`, both included. */
  | { readonly kind: 'count'; readonly unit: CountedUnit; readonly min: number; readonly max: number }
  /** Every letter with two cases is lower (or upper) case. */
  | { readonly kind: 'case'; readonly letters: 'lower' | 'upper' }
  | { readonly kind: 'without'; readonly mark: ForbiddenMark }
  | { readonly kind: 'without-letter'; readonly letter: string }
  | { readonly kind: 'include' | 'avoid' | 'start' | 'end'; readonly phrase: string }
  /** The word or phrase stands `min` to `max` times in the response. */
  | { readonly kind: 'times'; readonly phrase: string; readonly min: number; readonly max: number }
  /** The letter stands `min` to `max` times in the response, in either case. */
  | { readonly kind: 'letter-times'; readonly letter: string; readonly min: number; readonly max: number }
  | { readonly kind: 'end-question' | 'wrap-quotes' | 'json' | 'title' | 'postscript' }
  /** The whole response, punctuation aside, is one of these. */
  | { readonly kind: 'one-of'; readonly options: readonly string[] }

/** What a constraint is about, for features of their own. */
export type ConstraintFamily = 'length' | 'wording' | 'characters' | 'form'

/** The family of a constraint: how much, which words, which letters and marks, or which form. */
export function familyOf(constraint: Constraint): ConstraintFamily {
  switch (constraint.kind) {
    case 'count':
      return 'length'
    case 'include':
    case 'avoid':
    case 'times':
      return 'wording'
    case 'case':
    case 'without':
    case 'without-letter':
    case 'letter-times':
      return 'characters'
    case 'start':
    case 'end':
    case 'end-question':
    case 'wrap-quotes':
    case 'json':
    case 'title':
    case 'postscript':
    case 'one-of':
      return 'form'
  }
}
