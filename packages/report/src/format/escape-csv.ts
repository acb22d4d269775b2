import { showHidden } from './escape.js'

/**
 * A text as one field of a CSV file (RFC 4180). No spreadsheet finds a formula in it: an apostrophe stands before `=`,
 * `+`, `-` and `@` where a cell could begin, which is after `;` and tab too, since some programs divide there.
 */
export function csvText(text: string): string {
  const safe = showHidden(text)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/(^|[;\t])(\s*)(?=[=+\-@＝＋－＠])/g, "$1$2'")
  return /[",;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
