import type { ReadText } from './read-text.js'

/**
 * Positions of words that look like names: they begin with a capital inside a sentence (not as its first word), and are no
 * form of `I`. Scripts without capitals have none.
 */
export function namePositions(read: ReadText): number[] {
  const found: number[] = []
  for (const sentence of read.sentences)
    for (let i = sentence.first + 1; i < sentence.end; i++) if (read.capitals[i] && read.stems[i] !== '') found.push(i)
  return found
}
