import { describe, expect, it } from 'vitest'
import type { BuiltinRow } from '../../src/builtin/row.js'
import { COMMITTED } from './committed.js'

/** Something on the surface of a response that could be counted instead of judging it. */
type Cue = (response: string, prompt: string) => number

const matches = (text: string, pattern: RegExp): number => (text.match(pattern) ?? []).length
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []

const CUES: Readonly<Record<string, Cue>> = {
  characters: (text) => text.length,
  words: (text) => wordsOf(text).length,
  'characters per word': (text) => text.length / Math.max(1, wordsOf(text).length),
  lines: (text) => matches(text, /\n/g),
  'list markers': (text) => matches(text, /^\s*(?:-|\d+\.) /gm),
  'words shared with the prompt': (text, prompt) => sharedWith(text, prompt).length,
  'share of words in the prompt': (text, prompt) => sharedWith(text, prompt).length / Math.max(1, wordsOf(text).length),
  'share of the prompt repeated': (text, prompt) =>
    new Set(sharedWith(text, prompt)).size / new Set(wordsOf(prompt)).size,
  digits: (text) => matches(text, /\d/g),
  hedges: (text) =>
    matches(text, /\b(?:I think|perhaps|probably|may|might|could|seems?|as far as I know|believe|fairly)\b/gi),
  certainty: (text) =>
    matches(text, /\b(?:definitely|certain|certainly|no doubt|absolutely|one hundred percent|clear)\b/gi),
  refusals: (text) => matches(text, /\b(?:cannot|will not|have to decline|not able to|rather not)\b/gi),
  apologies: (text) => matches(text, /\b(?:sorry|afraid|apologi[sz]e)\b/gi),
  'first person': (text) => matches(text, /\b(?:I|my|me)\b/g),
  'second person': (text) => matches(text, /\byour?\b/gi),
  commas: (text) => matches(text, /,/g),
  colons: (text) => matches(text, /:/g),
  sentences: (text) => matches(text, /[.!?](?:\s|$)/g),
  'question marks': (text) => matches(text, /\?/g),
  'exclamation marks': (text) => matches(text, /!/g),
  'quotation marks': (text) => matches(text, /"/g),
  brackets: (text) => matches(text, /[(<[]/g),
  bold: (text) => matches(text, /\*\*/g),
  capitals: (text) => matches(text, /[A-Z]/g),
  negations: (text) => matches(text, /\b(?:no|not|never|nothing|nobody)\b/gi),
}

function sharedWith(text: string, prompt: string): string[] {
  const asked = new Set(wordsOf(prompt))
  return wordsOf(text).filter((word) => asked.has(word))
}

/** How often "more of the cue" finds chosen[0], a tie counting half; less of it has the complement. */
function accuracy(cue: Cue, rows: readonly BuiltinRow[], rejectedOf: (row: BuiltinRow) => readonly string[]): number {
  const scores = rows.flatMap((row) => {
    const chosen = cue(row.chosen[0]!, row.prompt)
    return rejectedOf(row).map((text) => (Math.sign(chosen - cue(text, row.prompt)) + 1) / 2)
  })
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

const everyRejected = (row: BuiltinRow): readonly string[] => row.rejected
const firstRejected = (row: BuiltinRow): readonly string[] => row.rejected.slice(0, 1)
const SUBSETS = [...new Set(COMMITTED.map((row) => row.subset))]

describe('shallow cues', () => {
  it('are counted as by hand', () => {
    const row = { ...COMMITTED[0]!, chosen: ['aa'], rejected: ['a', 'bb', 'ccc'] }
    // longer than 'a' (1), as long as 'bb' (1/2), shorter than 'ccc' (0)
    expect(accuracy(CUES.characters!, [row], everyRejected)).toBe(0.5)
    expect(accuracy(CUES.characters!, [row], firstRejected)).toBe(1)
  })

  it.each(Object.entries(CUES))('%s: neither more nor less of it reaches 65 percent overall', (_, cue) => {
    for (const rejectedOf of [everyRejected, firstRejected]) {
      expect(accuracy(cue, COMMITTED, rejectedOf)).toBeGreaterThan(0.35)
      expect(accuracy(cue, COMMITTED, rejectedOf)).toBeLessThan(0.65)
    }
  })

  it.each(Object.entries(CUES))('%s: neither more nor less of it reaches 75 percent in a subset', (_, cue) => {
    for (const subset of SUBSETS) {
      const rows = COMMITTED.filter((row) => row.subset === subset)
      expect(accuracy(cue, rows, everyRejected), subset).toBeGreaterThan(0.25)
      expect(accuracy(cue, rows, everyRejected), subset).toBeLessThan(0.75)
    }
  })
})
