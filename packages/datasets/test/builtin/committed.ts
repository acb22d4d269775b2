import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BuiltinRow } from '../../src/builtin/row.js'

/** The committed file as text. */
export const COMMITTED_TEXT: string = readFileSync(
  fileURLToPath(new URL('../../../../data/builtin/benchmark.jsonl', import.meta.url)),
  'utf8',
)

/** The committed file's rows, in order. */
export const COMMITTED: readonly BuiltinRow[] = COMMITTED_TEXT.trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as BuiltinRow)

/** The rows of one subset. */
export function rowsOf(subset: string): BuiltinRow[] {
  return COMMITTED.filter((row) => row.subset === subset)
}

/** Whether `text` has `phrase` as whole words, in any case. */
export function hasPhrase(text: string, phrase: string): boolean {
  if (!text.toLowerCase().includes(phrase.toLowerCase())) return false
  const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').test(text)
}

/** The text without the numbers in front of list items. */
export function withoutListNumbers(text: string): string {
  return text.replace(/^\d+\. /gm, '')
}

/** The one sentence of a prompt that ends with a question mark. */
export function questionIn(prompt: string): string {
  const questions = prompt.match(/[^.!?\n]*\?/g) ?? []
  if (questions.length !== 1)
    throw new RangeError(`questionIn needs one question, got ${questions.length} in ${prompt}`)
  return questions[0]!.trim()
}
