import { isDeepStrictEqual } from 'node:util'
import type { Outcome } from '@judgelab/core'
import { ANSWER_KEYS } from './answer-text.js'
import type { Question } from './question.js'
import { readValue, unparsed } from './read-value.js'
import { refusal } from './refusal.js'

/** The line that decides is never longer than this; what stands before it may be of any length. */
const TAIL = 1000

/**
 * Reads an answer whose last line is the decision: `Verdict: A`, `Rating: 8`, `Class: helpful`. Only the last line that is
 * not blank decides, so that a label that the judge quotes is not taken for its own. Around the label and the line Markdown
 * may stand, and the line may stand alone in a fence of code; a quoted line (`>` or quotation marks) is none.
 *
 * Give it whole answers only: a text that the token limit cut can end in `Rating: 1` and have meant 10.
 */
export function readLabel(text: string, question: Question): Outcome {
  const key = ANSWER_KEYS[question.mode]
  const lines = lastLines(text)
  const unfenced = fenced(lines) ?? lines
  const value = valueAfter(key, unfenced.at(-1) ?? '')
  if (text.trim() === '') return unparsed('empty')
  if (value === undefined) return refusal(text) ?? unparsed(`the last line is no "${key}:"`)
  const outcome = readValue(value, question)
  const another = valueAfter(key, unfenced.at(-2) ?? '')
  if (another !== undefined && outcome.kind !== 'failed') {
    const other = readValue(another, question)
    if (other.kind !== 'failed' && !isDeepStrictEqual(other, outcome))
      return unparsed(`two lines "${key}:" that differ`)
  }
  return outcome
}

const LINE = /^(?:#{1,6}\s+)?[*_`~]{0,4}(?:final\s+)?(verdict|rating|class)[*_`~]{0,4}\s*:\s*(.*)$/i
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** The last four lines that are not blank, without marks that are not seen, full-width letters as plain ones. */
function lastLines(text: string): string[] {
  const whole = text.trimEnd()
  const lines = whole.slice(-TAIL).split(/[\n\r\u0085\u2028\u2029]/)
  const isPlain = !ODD.test(whole.slice(-TAIL))
  const kept: string[] = []
  for (let at = lines.length - 1; at >= (whole.length > TAIL ? 1 : 0) && kept.length < 4; at--) {
    const line = isPlain ? (lines[at] as string).trim() : plainText(lines[at] as string).trim()
    if (line !== '') kept.unshift(line)
  }
  return kept
}

/** Whether there is anything in a text that `plainText` would change: mostly there is not. */
const ODD = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\uff01-\uff5e]/

function plainText(line: string): string {
  return line
    .replaceAll(INVISIBLE, '')
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}

/** The one line in a fence that ends the text, after what stands before the fence. */
function fenced(lines: readonly string[]): string[] | undefined {
  const isFence = /^```\w*$/.test(lines.at(-3) ?? '') && lines.at(-1) === '```'
  return isFence ? [...lines.slice(0, -3), lines.at(-2) as string] : undefined
}

function valueAfter(key: string, line: string): string | undefined {
  const [, found, value] = LINE.exec(line) ?? []
  return found?.toLowerCase() === key.toLowerCase() ? value : undefined
}
