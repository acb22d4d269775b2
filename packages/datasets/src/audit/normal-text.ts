import { type Prompt, promptText } from '@judgelab/core'

/**
 * A text as it is compared for sameness: compatibility forms unified (NFKC), lower case, invisible format characters left
 * out, every run of white space one space. Signs stay: `3 + 5` and `3 - 5` are different questions.
 */
export function normalText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()
}

/** What two prompts share when they are the same; a conversation of one user turn is its text. Empty for a blank prompt. */
export function promptKey(prompt: Prompt): string {
  const [only, ...others] = typeof prompt === 'string' ? [] : prompt
  return normalText(only?.role === 'user' && others.length === 0 ? only.content : promptText(prompt))
}

/**
 * The words of a text, in order: runs of letters, marks and digits of `normalText`. Scripts that put no space between
 * words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give one word a character.
 */
export function wordsOf(text: string): string[] {
  const normal = normalText(text)
  return normal.match(NOT_ASCII.test(normal) ? WORD : ASCII_WORD) ?? []
}

const NOT_ASCII = /[^\0-\x7f]/
const ASCII_WORD = /[a-z0-9]+/g
const SPACELESS =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}'
const WORD = new RegExp(`[${SPACELESS}]|(?:(?![${SPACELESS}])[\\p{L}\\p{M}\\p{N}])+`, 'gu')
