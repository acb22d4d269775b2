import { textWidth } from './text-width.js'
import { FIGURE_FONT_SIZE } from './theme.js'

/** From one line of a label to the next, in px. */
export const LABEL_LINE_HEIGHT: number = FIGURE_FONT_SIZE + 2

/** How many lines a label may take before its rest is cut off: only a name that no table could hold either has more. */
const MOST_LINES = 4

/**
 * A label in lines of at most `limit` px: one that sets two judges against each other broken before the minus, else between
 * words, and within a word that is wider than a line.
 */
export function wrapLabel(text: string, limit: number): string[] {
  if (fits(text, limit)) return [text]
  const lines = text.split(/ (?=− )/).flatMap((part) => linesOf(part, limit))
  return lines.length <= MOST_LINES ? lines : [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]}…`]
}

function linesOf(text: string, limit: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, limit))) {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && fits(longer, limit)) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** Labels as an axis with `LABEL_AXIS` takes them, their lines parted by line feeds. */
export function wrapLabels(labels: readonly string[], limit: number): string[] {
  return labels.map((label) => wrapLabel(label, limit).join('\n'))
}

/** The height of a row that holds the tallest of these labels, in px. */
export function rowHeight(labels: readonly string[], least: number): number {
  const lines = Math.max(1, ...labels.map((label) => label.split('\n').length))
  return Math.max(least, lines * LABEL_LINE_HEIGHT + 6)
}

function pieces(word: string, limit: number): string[] {
  const parts = ['']
  for (const character of word) {
    const longer = `${parts.at(-1)}${character}`
    if (fits(longer, limit) || parts.at(-1) === '') parts[parts.length - 1] = longer
    else parts.push(character)
  }
  return parts
}

function fits(text: string, limit: number): boolean {
  return textWidth(text, FIGURE_FONT_SIZE) <= limit
}
