import { describe, expect, it } from 'vitest'
import { rowsOf } from './committed.js'

type Check = (text: string) => boolean

const NUMBERS: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6 }
const N = '(\\d+|two|three|four|five|six)'

const toNumber = (word: string): number => NUMBERS[word] ?? Number(word)
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^a-z']+/)
    .filter((word) => word !== '')
const bare = (text: string): string => text.replace(/^"|"$/g, '')

/** How each demand sounds in a prompt, and the check that it makes. */
const DEMANDS: readonly (readonly [sounds: RegExp, check: (match: RegExpMatchArray) => Check])[] = [
  [
    new RegExp(`exactly ${N} sentences`),
    (match) => (text) => bare(text).split(/(?<=[.!?])\s+/).length === toNumber(match[1]!),
  ],
  [
    new RegExp(`exactly ${N} bullet points`),
    (match) => (text) =>
      bare(text)
        .split('\n')
        .filter((line) => line.startsWith('- ')).length === toNumber(match[1]!),
  ],
  [
    new RegExp(`numbered list (?:of|with) exactly ${N} items`),
    (match) => (text) =>
      bare(text)
        .split('\n')
        .filter((line) => /^\d+\. /.test(line)).length === toNumber(match[1]!),
  ],
  [new RegExp(`exactly ${N} paragraphs`), (match) => (text) => text.split(/\n\s*\n/).length === toNumber(match[1]!)],
  [/at least (\d+) words/, (match) => (text) => wordsOf(text).length >= Number(match[1])],
  [/at most (\d+) words/, (match) => (text) => wordsOf(text).length <= Number(match[1])],
  [/any commas|no commas/, () => (text) => !/,/.test(text)],
  [/everything in lowercase|only lowercase/, () => (text) => !/[A-Z]/.test(text)],
  [/everything in capital letters|capital letters only/, () => (text) => !/[a-z]/.test(text)],
  [/(?:Include the word|The word) "(\w+)"/, (match) => (text) => wordsOf(text).includes(match[1]!)],
  [/(?:not use|Avoid) the word "(\w+)"/, (match) => (text) => !wordsOf(text).includes(match[1]!)],
  [/(?:End with the sentence|last sentence must be) "([^"]+)"/, (match) => (text) => bare(text).endsWith(match[1]!)],
  [
    /(?:Begin with the sentence|first sentence must be) "([^"]+)"/,
    (match) => (text) => text.replace(/^(?:- |\d+\. )/, '').startsWith(match[1]!),
  ],
  [/double quotation marks/, () => (text) => /^"[^"]+"$/.test(text)],
  [/the title (<<[^>]+>>)/, (match) => (text) => text.startsWith(`${match[1]}\n`)],
  [/postscript/, () => (text) => /\nP\.S\. [^\n]+$/.test(text)],
  [/nd with a question/, () => (text) => /\?$/.test(text)],
]

/** The checks that a prompt asks for, read from its text alone. */
function checksIn(prompt: string): Check[] {
  return DEMANDS.flatMap(([sounds, check]) => {
    const match = prompt.match(sounds)
    return match ? [check(match)] : []
  })
}

const ROWS = rowsOf('Precise IF')

describe('Precise IF', () => {
  it('only the chosen text meets the demands, in every example', () => {
    for (const row of ROWS) {
      const checks = checksIn(row.prompt)
      expect(checks, row.id).toHaveLength((row.metadata.constraints as readonly unknown[]).length)
      expect(
        checks.every((check) => check(row.chosen[0]!)),
        row.id,
      ).toBe(true)
      for (const rejected of row.rejected)
        expect(
          checks.filter((check) => !check(rejected)),
          rejected,
        ).toHaveLength(1)
    }
  })

  it('has every kind of demand', () => {
    const seen = new Set(ROWS.flatMap((row) => DEMANDS.filter(([sounds]) => sounds.test(row.prompt))))
    expect(seen.size).toBe(DEMANDS.length)
  })

  it('has one demand in some prompts and two in others', () => {
    const two = ROWS.filter((row) => checksIn(row.prompt).length === 2).length
    expect(two).toBeGreaterThan(40)
    expect(ROWS.length - two).toBeGreaterThan(40)
  })
})
