import { isDigit, isSpace } from './characters.js'

/** What the lines of a text are. Counts unless said otherwise. */
export interface Structure {
  /** Lines with something on them. */
  readonly lines: number
  /** Blocks of such lines separated by blank ones. */
  readonly paragraphs: number
  /** Lines that begin with `-`, `*`, `+` or `•` and a space. */
  readonly bullets: number
  /** Lines that begin with a number and `.` or `)`. */
  readonly numbered: number
  /** Markdown headings. */
  readonly headings: number
  /** Code fences, opening and closing. */
  readonly fences: number
  /** Pairs of `**`. */
  readonly bold: number
  /** Runs of characters without white space that hold a letter or digit: words as people count them. */
  readonly spacedWords: number
}

/** Reads a text's lines in one pass each. */
export function readStructure(text: string): Structure {
  let lines = 0
  let paragraphs = 0
  let bullets = 0
  let numbered = 0
  let headings = 0
  let fences = 0
  let blank = true
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const kind = lineKind(text, start, end)
    if (kind !== 'blank') lines++
    if (kind !== 'blank' && blank) paragraphs++
    blank = kind === 'blank'
    if (kind === 'bullet') bullets++
    else if (kind === 'numbered') numbered++
    else if (kind === 'heading') headings++
    else if (kind === 'fence') fences++
    start = end + 1
  }
  const bold = Math.floor(occurrences(text, '**') / 2)
  return { lines, paragraphs, bullets, numbered, headings, fences, bold, spacedWords: countSpacedWords(text) }
}

type LineKind = 'blank' | 'bullet' | 'numbered' | 'heading' | 'fence' | 'plain'

function lineKind(text: string, start: number, end: number): LineKind {
  let at = start
  while (at < end && isSpace(text.charCodeAt(at))) at++
  if (at >= end) return 'blank'
  const next = text[at + 1] ?? ' '
  if ('-*+•'.includes(text[at] as string) && (next === ' ' || next === '\t')) return 'bullet'
  if (text[at] === '#') return 'heading'
  if (text.startsWith('```', at)) return 'fence'
  let digits = at
  while (digits < end && digits < at + 4 && isDigit(text.charCodeAt(digits))) digits++
  const marked = digits > at && (text[digits] === '.' || text[digits] === ')') && text[digits + 1] === ' '
  return marked ? 'numbered' : 'plain'
}

/** How often `part` stands in `text`, without overlap. */
export function occurrences(text: string, part: string): number {
  let count = 0
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count++
  return count
}

/** Words as people count them: runs without white space in which something is not ASCII punctuation. */
function countSpacedWords(text: string): number {
  let count = 0
  let inWord = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isSpace(code)) inWord = false
    else if (!inWord && !isPunctuation(code)) {
      inWord = true
      count++
    }
  }
  return count
}

function isPunctuation(code: number): boolean {
  if (code < 128) return code < 48 || (code > 57 && code < 65) || (code > 90 && code < 97) || code > 122
  return code >= 0x2010 && code <= 0x2027
}
