import { isDigit, kindOf } from '../text/characters.js'
import { type ReadText, readText } from '../text/read-text.js'
import { occurrences, readStructure, type Structure } from '../text/structure.js'
import type { Constraint, CountedUnit, ForbiddenMark } from './constraint.js'

/** A response as the checks need it. */
export interface CheckedResponse {
  readonly read: ReadText
  readonly structure: Structure
}

/** True when a response does what the constraint asks; undefined when that cannot be told. */
export function isSatisfied(constraint: Constraint, response: string): boolean | undefined {
  return checkConstraint(constraint, { read: readText(response), structure: readStructure(response) })
}

/** The same of a response that has been read. */
export function checkConstraint(constraint: Constraint, response: CheckedResponse): boolean | undefined {
  const { text } = response.read
  switch (constraint.kind) {
    case 'count': {
      const counted = countOf(constraint.unit, response)
      return counted === undefined ? undefined : counted >= constraint.min && counted <= constraint.max
    }
    case 'case':
      return constraint.letters === 'lower' ? text === text.toLowerCase() : text === text.toUpperCase()
    case 'without':
      return !hasMark(constraint.mark, response)
    case 'without-letter':
      return !text.toLowerCase().includes(constraint.letter)
    case 'letter-times':
      return inRange(occurrences(text.toLowerCase(), constraint.letter), constraint)
    case 'include':
      return countPhrase(text, constraint.phrase, 1) > 0
    case 'avoid':
      return countPhrase(text, constraint.phrase, 1) === 0
    case 'times':
      return inRange(countPhrase(text, constraint.phrase), constraint)
    case 'start':
      return startOf(text).startsWith(bare(constraint.phrase))
    case 'end':
      return bareEnd(text).endsWith(bare(constraint.phrase))
    case 'end-question':
      return /[?？]["'”’)*_\s]{0,8}$/.test(text.slice(-16))
    case 'wrap-quotes':
      return isWrapped(text.trim())
    case 'json':
      return isJson(text)
    case 'title':
      return hasTitle(text)
    case 'postscript':
      return /\bp\.? ?s\b/i.test(text.slice(-2000))
    case 'one-of':
      return constraint.options.includes(bare(text.slice(0, 400)))
  }
}

/**
 * How far a count is from its range, as a share: 0 inside, else distance / max(1, nearer bound), at most 1; undefined when it
 * cannot be told.
 */
export function countDistance(
  constraint: Constraint & { readonly kind: 'count' },
  response: CheckedResponse,
): number | undefined {
  const counted = countOf(constraint.unit, response)
  if (counted === undefined) return undefined
  const bound = counted < constraint.min ? constraint.min : constraint.max
  const distance = Math.max(0, constraint.min - counted, counted - constraint.max)
  return Math.min(1, distance / Math.max(1, bound))
}

function countOf(unit: CountedUnit, { read, structure }: CheckedResponse): number | undefined {
  switch (unit) {
    case 'words':
      return structure.spacedWords
    case 'sentences':
      return read.sentences.length
    case 'paragraphs':
      return structure.paragraphs
    case 'bullets':
      return structure.bullets
    case 'numbered':
      return structure.numbered
    case 'items': {
      const marked = structure.bullets + structure.numbered
      return marked > 0 ? marked : undefined
    }
    case 'lines':
      return structure.lines
    case 'characters':
      return read.text.length
    case 'placeholders':
      return countSpans(read.text, '[', ']')
    case 'highlights':
      return Math.floor(occurrences(read.text.replaceAll('**', '*'), '*') / 2)
  }
}

function inRange(count: number, range: { readonly min: number; readonly max: number }): boolean {
  return count >= range.min && count <= range.max
}

/** Opening marks that are closed before the next one opens. */
function countSpans(text: string, open: string, close: string): number {
  let count = 0
  let inside = false
  for (const character of text) {
    if (character === close && inside) count++
    if (character === open) inside = true
    else if (character === close) inside = false
  }
  return count
}

const MARK_CHARACTERS: Readonly<Partial<Record<ForbiddenMark, string>>> = {
  comma: ',，、',
  exclamation: '!！',
  question: '?？',
  semicolon: ';；',
  colon: ':：',
  hyphen: '-–—‐',
  bracket: '()[]{}',
  quote: '"“”«»',
  digit: '0123456789',
}

function hasMark(mark: ForbiddenMark, { read, structure }: CheckedResponse): boolean {
  if (mark === 'emoji') return read.emoji > 0
  if (mark === 'list') return structure.bullets + structure.numbered > 0
  if (mark === 'capital') return read.text !== read.text.toLowerCase()
  const characters = MARK_CHARACTERS[mark] ?? ''
  for (const character of characters) if (read.text.includes(character)) return true
  return false
}

/** How often a phrase stands in a text as whole words, in either case; stops at `enough`. */
export function countPhrase(text: string, phrase: string, enough: number = Number.POSITIVE_INFINITY): number {
  const held = text.toLowerCase().replaceAll('’', "'")
  const sought = phrase.toLowerCase().replaceAll('’', "'")
  if (sought === '') return 0
  let count = 0
  for (let at = held.indexOf(sought); at >= 0 && count < enough; at = held.indexOf(sought, at + sought.length))
    if (!isWordAt(held, at - 1) && !isWordAt(held, at + sought.length)) count++
  return count
}

function isWordAt(text: string, at: number): boolean {
  return at >= 0 && at < text.length && (isDigit(text.charCodeAt(at)) || kindOf(text.charCodeAt(at)) === 'word')
}

const EDGE_MARKS = /[\s"'“”‘’*_`«»]/

/** The beginning of a text without leading quotation and emphasis marks, for comparison with a phrase of up to 160 characters. */
function startOf(text: string): string {
  let from = 0
  while (from < text.length && EDGE_MARKS.test(text[from] as string)) from++
  return plain(text.slice(from, from + 400))
}

function bareEnd(text: string): string {
  return bare(text.slice(-400))
}

/** Lower case, single spaces, without outer marks and final punctuation. */
function bare(text: string): string {
  const flat = plain(text.slice(0, 400))
  let from = 0
  let to = flat.length
  while (from < to && EDGE_MARKS.test(flat[from] as string)) from++
  while (to > from && (EDGE_MARKS.test(flat[to - 1] as string) || '.!?,;:'.includes(flat[to - 1] as string))) to--
  return flat.slice(from, to)
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/\s{1,400}/g, ' ')
}

function isWrapped(text: string): boolean {
  const [open, close] = [text[0] ?? '', text.at(-1) ?? '']
  return text.length > 1 && ((open === '"' && close === '"') || (open === '“' && close === '”'))
}

function isJson(text: string): boolean {
  const body = text.trim()
  const fenced = body.startsWith('```') && body.endsWith('```')
  const held = fenced ? body.slice(Math.max(3, body.indexOf('\n') + 1), -3) : body
  if (!/^\s{0,8}[[{]/.test(held)) return false
  try {
    JSON.parse(held)
    return true
  } catch {
    return false
  }
}

function hasTitle(text: string): boolean {
  const open = text.indexOf('<<')
  return open >= 0 && text.indexOf('>>', open + 3) > 0
}
