import { digestText } from '@judgelab/core'

/**
 * A text between two lines that name it. None of the shown texts holds the nonce, so that none can hold the line that
 * closes its block, or open another.
 */
export function delimit(name: string, text: string, nonce: string): string {
  return `<<<${name} ${nonce}>>>\n${text}\n<<<END ${name} ${nonce}>>>`
}

/** The nonce of the texts of one prompt: 12 hexadecimal digits that stand in none of them, the same on every machine. */
export function nonceOf(texts: readonly string[]): string {
  return freshNonce(texts, digestText(texts.join('\u0000')).slice(0, 12))
}

/** The first nonce, counted on from the given one by digests, that no text holds. */
export function freshNonce(texts: readonly string[], first: string): string {
  let nonce = first
  while (texts.some((text) => text.includes(nonce))) nonce = digestText(nonce).slice(0, 12)
  return nonce
}
