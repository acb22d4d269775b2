const LETTER_OR_NUMBER = /[\p{L}\p{M}\p{N}]/u
const WRITTEN_WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u
const EMOJI = /\p{Extended_Pictographic}/u

/** True for an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** True for an ASCII letter. */
export function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

/** True for space, tab, line ends and the other white space of Unicode's basic plane. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13)
  return code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029
}

/** What a code point is to the tokeniser: part of a word, a word by itself (scripts without spaces), a picture, or none. */
export type CharacterKind = 'word' | 'ideograph' | 'emoji' | 'other'

/** The kind of the code point `code`; a lone surrogate is `other`. */
export function kindOf(code: number): CharacterKind {
  if (code < 128) return isDigit(code) || isAsciiLetter(code) ? 'word' : 'other'
  if (code >= 0xd800 && code <= 0xdfff) return 'other'
  const character = String.fromCodePoint(code)
  if (LETTER_OR_NUMBER.test(character)) return WRITTEN_WITHOUT_SPACES.test(character) ? 'ideograph' : 'word'
  return EMOJI.test(character) ? 'emoji' : 'other'
}
