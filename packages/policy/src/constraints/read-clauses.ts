import { isDigit, isSpace, kindOf } from '../text/characters.js'
import { numberWordValue } from '../text/numbers.js'

/**
 * One clause of a prompt in a plain form for matching: lower-case words, number words as digits, commas kept as words of their
 * own, quoted texts replaced by `§0`, `§1`, …, everything separated by single spaces.
 */
export interface Clause {
  readonly text: string
  readonly quotes: readonly string[]
}

const LONGEST_CLAUSE = 400
const LONGEST_QUOTE = 160
const MOST_CLAUSES = 4000
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '«': '»',
  '`': '`',
  "'": "'",
  '‘': '’',
  '[': ']',
}

/** Reads a prompt into clauses (ended by `.`, `!`, `?`, `;` or a line end) in one pass; each is cut at 400 characters. */
export function readClauses(prompt: string): Clause[] {
  const clauses: Clause[] = []
  let parts: string[] = []
  let quotes: string[] = []
  const close = (): void => {
    if (parts.length > 0) clauses.push({ text: parts.join(' ').slice(0, LONGEST_CLAUSE), quotes })
    parts = []
    quotes = []
  }
  let at = 0
  while (at < prompt.length && clauses.length < MOST_CLAUSES) {
    const code = prompt.codePointAt(at) as number
    const character = prompt[at] as string
    const kind = kindOf(code)
    const quoteEnd = kind === 'other' ? endOfQuote(prompt, at) : -1
    if (quoteEnd > 0) {
      parts.push(`§${quotes.length}`)
      quotes.push(prompt.slice(at + 1, quoteEnd).trim())
      at = quoteEnd + 1
    } else if (kind === 'word') {
      const end = endOfPlainWord(prompt, at)
      const word = prompt
        .slice(at, Math.min(end, at + 40))
        .toLowerCase()
        .replace('’', "'")
      parts.push(String(numberWordValue(word) ?? word))
      at = end
    } else {
      if (character === ',') parts.push(',')
      else if (character === '-' && isDigit(prompt.charCodeAt(at - 1)) && isDigit(prompt.charCodeAt(at + 1)))
        parts.push('to')
      else if (character === '\n' || (';.!?'.includes(character) && !isDigit(prompt.charCodeAt(at + 1)))) close()
      at += code > 0xffff ? 2 : 1
    }
  }
  close()
  return clauses
}

/** The index of the closing quotation mark, when one opens at `start` and closes within 160 characters; else -1. */
function endOfQuote(text: string, start: number): number {
  const open = text[start] as string
  const closing = CLOSING[open]
  if (closing === undefined || open === '[') return -1
  if ((open === "'" || open === '‘') && start > 0 && kindOf(text.charCodeAt(start - 1)) !== 'other') return -1
  for (let at = start + 1; at < text.length && at - start <= LONGEST_QUOTE; at++) {
    if (text[at] === '\n') return -1
    if (text[at] !== closing) continue
    const inWord = closing === "'" || closing === '’' ? kindOf(text.charCodeAt(at + 1) || 32) === 'word' : false
    if (!inWord) return at - start > 1 ? at : -1
  }
  return -1
}

function endOfPlainWord(text: string, start: number): number {
  let at = start
  while (at < text.length) {
    const code = text.codePointAt(at) as number
    if (kindOf(code) === 'word') at += code > 0xffff ? 2 : 1
    else if ((text[at] === "'" || text[at] === '’') && kindOf(text.charCodeAt(at + 1) || 32) === 'word') at++
    else if (
      text[at] === ',' &&
      isDigit(text.charCodeAt(at - 1)) &&
      isDigit(text.charCodeAt(at + 1)) &&
      !isSpace(text.charCodeAt(at + 1))
    )
      at++
    else break
  }
  return at
}
