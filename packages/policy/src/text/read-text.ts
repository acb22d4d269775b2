import { type CharacterKind, isAsciiLetter, isDigit, isSpace, kindOf } from './characters.js'
import { contentStem } from './content-words.js'
import { hashText } from './hashing.js'
import { numberOf } from './numbers.js'

/** Words `first` (included) to `end` (excluded) of a text. */
export interface Sentence {
  readonly first: number
  readonly end: number
  /** The character that closed it: one of `.!?`, or '' for a line end or the end of the text. */
  readonly closedBy: string
}

/** A text read once, from left to right. `words`, `stems`, `numbers`, `capitals` and `hashes` have one entry a word. */
export interface ReadText {
  readonly text: string
  /** Lower-case words; letters, marks and numbers of any script, inner apostrophes, `3.14` and `1,234` as one word. */
  readonly words: readonly string[]
  /** Stem of a content word; '' for function words and numbers. */
  readonly stems: readonly string[]
  /** Value of a word that states a number. */
  readonly numbers: readonly (number | undefined)[]
  /** True where the word begins with a capital letter. */
  readonly capitals: readonly boolean[]
  /** 32-bit hashes of the words. */
  readonly hashes: Uint32Array
  readonly sentences: readonly Sentence[]
  readonly emoji: number
}

const APOSTROPHES = "'’ʼ"
const TERMINATORS = '.!?…。！？'
const CLOSERS = '"\'”’)]*_'
const ABBREVIATIONS: ReadonlySet<string> = new Set('mr mrs ms dr prof st vs etc fig jr sr'.split(' '))

/**
 * Tokenises a text in one pass, in time linear in its length: each character is looked at a bounded number of times.
 *
 * A sentence ends at a line end, or at one of `.!?` (or their wide forms) that is followed by white space or the end of the
 * text, closing quotes and brackets aside; not after a common abbreviation, an initial, or a list number that begins
 * a line. A sentence without a word is not counted.
 */
export function readText(text: string): ReadText {
  const words: string[] = []
  const stems: string[] = []
  const numbers: (number | undefined)[] = []
  const capitals: boolean[] = []
  const sentences: Sentence[] = []
  let first = 0
  let firstOfLine = 0
  let emoji = 0

  const add = (start: number, end: number): void => {
    const raw = text.slice(start, end)
    const word = raw.toLowerCase().replace('’', "'")
    words.push(word)
    stems.push(contentStem(word))
    numbers.push(numberOf(word))
    capitals.push(beginsWithCapital(raw))
  }
  const close = (closedBy: string): void => {
    if (words.length > first) sentences.push({ first, end: words.length, closedBy })
    first = words.length
  }

  let at = 0
  while (at < text.length) {
    const code = text.codePointAt(at) as number
    const kind: CharacterKind = kindOf(code)
    const width = code > 0xffff ? 2 : 1
    if (kind === 'word') {
      const end = endOfWord(text, at)
      add(at, end)
      at = end
      continue
    }
    if (kind === 'ideograph') add(at, at + width)
    else if (kind === 'emoji') emoji++
    else if (code === 10 || code === 13) {
      close('')
      firstOfLine = words.length
    } else if (isTerminator(code) && endsSentence(text, at, words, firstOfLine)) close(plainTerminator(code))
    at += width
  }
  close('')
  return { text, words, stems, numbers, capitals, hashes: Uint32Array.from(words, hashText), sentences, emoji }
}

/** The end of the word that begins at `start`: an apostrophe between letters, and `.` or `,` between digits, belong to it. */
function endOfWord(text: string, start: number): number {
  const inNumber = isDigit(text.charCodeAt(start))
  let at = start
  while (at < text.length) {
    const code = text.codePointAt(at) as number
    if (kindOf(code) === 'word') at += code > 0xffff ? 2 : 1
    else if (inNumber && (code === 46 || code === 44) && isDigit(text.charCodeAt(at + 1))) at++
    else if (APOSTROPHES.includes(text[at] as string) && at > start && isAsciiLetter(text.charCodeAt(at + 1))) at++
    else break
  }
  return at
}

function beginsWithCapital(raw: string): boolean {
  const code = raw.charCodeAt(0)
  if (code < 128) return code >= 65 && code <= 90
  const initial = String.fromCodePoint(raw.codePointAt(0) as number)
  return initial !== initial.toLowerCase()
}

function isTerminator(code: number): boolean {
  return code < 128 ? code === 46 || code === 33 || code === 63 : TERMINATORS.includes(String.fromCharCode(code))
}

function plainTerminator(code: number): string {
  if (code === 63 || code === 0xff1f) return '?'
  return code === 33 || code === 0xff01 ? '!' : '.'
}

function endsSentence(text: string, at: number, words: readonly string[], firstOfLine: number): boolean {
  if (text.charCodeAt(at) >= 128) return true
  let next = at + 1
  while (next < at + 4 && next < text.length && CLOSERS.includes(text[next] as string)) next++
  if (next < text.length && !isSpace(text.charCodeAt(next))) return false
  if (text[at] !== '.') return true
  const last = words.at(-1)
  if (last === undefined) return false
  const listNumber =
    words.length === firstOfLine + 1 &&
    isDigit(last.charCodeAt(0)) &&
    next < text.length &&
    isDigit(text.charCodeAt(at - 1))
  return !(listNumber || isInitial(text, at, last) || (ABBREVIATIONS.has(last) && next < text.length))
}

/** True where the full stop at `at` follows a single capital (`J. Smith`, but not `I.`) or a letter after a stop (`e.g.`). */
function isInitial(text: string, at: number, last: string): boolean {
  if (last.length !== 1 || isWordBefore(text, at - 1)) return false
  return text[at - 2] === '.' || (isUpper(text.charCodeAt(at - 1)) && last !== 'i')
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90
}

function isWordBefore(text: string, at: number): boolean {
  return at > 0 && kindOf(text.charCodeAt(at - 1)) === 'word'
}
