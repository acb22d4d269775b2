import { describe, expect, it } from 'vitest'
import { rowsOf, withoutListNumbers } from './committed.js'

/** The result of each family as one formula, written down apart from the generator's steps. */
const FORMULAS: Readonly<Record<string, (a: number, b: number, c: number, d: number) => number>> = {
  'boxes-and-loose': (a, b, c, d) => a * b + c - d,
  'shop-change': (a, b, c, d) => d - (a * b + c),
  'equal-shares': (a, b, c, d) => (a + b) / c - d,
  'two-trips': (a, b, c, d) => a * b + c * d,
  savings: (a, b, c, d) => (a - b) / (c - d),
  'floor-price': (a, b, c, d) => a * b * c - d,
  seats: (a, b, c, d) => a * b + c * d,
  reading: (a, b, c, d) => a - b * c - d,
  bakery: (a, b, c, d) => (a * b - c) / d,
  tank: (a, b, c, d) => a + b * c - d,
  ages: (a, b, c, d) => a * b - c + d,
  wages: (a, b, c, d) => a * b * c - d,
  teams: (a, b, c, d) => (a + b - c) / d,
  stairs: (a, b, c, d) => a * b * c + d,
}

/** Words that give each family away, so that the formula is found from the prompt and not from the metadata. */
const SOUNDS: readonly (readonly [family: string, sounds: RegExp])[] = [
  ['ages', /times as (old|long)|times that/],
  ['boxes-and-loose', /boxes with|crates holding|bags of \d+ \w+\. Somebody/],
  ['shop-change', /pays with|hands over|From a budget/],
  ['equal-shares', /equally|in equal parts|evenly/],
  ['two-trips', /kilometres an hour|km per hour|km an hour/],
  ['savings', /weeks/],
  ['floor-price', /square met/],
  ['seats', /seats/],
  ['reading', /pages/],
  ['bakery', /rolls|buns|stickers/],
  ['tank', /litres/],
  ['wages', /hours a day/],
  ['teams', /players|children by bus|beads/],
  ['stairs', /steps/],
]

function solve(prompt: string): number {
  const family = SOUNDS.find(([, sounds]) => sounds.test(prompt))![0]
  const numbers = prompt.match(/\d+/g)!.map(Number)
  expect(numbers, prompt).toHaveLength(4)
  return FORMULAS[family]!(numbers[0]!, numbers[1]!, numbers[2]!, numbers[3]!)
}

/** The number in the sentence that has the word "answer". */
function finalAnswer(response: string): number {
  const sentence = withoutListNumbers(response).match(/answer\D{0,6}(\d+)|get (\d+) \w+ as the answer/i)!
  return Number(sentence[1] ?? sentence[2])
}

/** Every "a + b = c" of a response, with whether it holds. */
function equations(response: string): { text: string; holds: boolean }[] {
  return [...response.matchAll(/(\d+) ([-+*/]) (\d+) = (\d+)/g)].map(([text, a, sign, b, c]) => {
    const [left, right] = [Number(a), Number(b)]
    const result =
      sign === '+' ? left + right : sign === '-' ? left - right : sign === '*' ? left * right : left / right
    return { text, holds: result === Number(c) }
  })
}

const ROWS = rowsOf('Math')

describe('Math', () => {
  it('solves a problem as worked by hand', () => {
    // 3 boxes of 4, 5 more, 2 given away: 12 + 5 - 2 = 15
    expect(solve('Bea has 3 boxes with 4 shells in each box. 5 more lie there, and 2 are given away.')).toBe(15)
  })

  it('only the chosen result is right, in every example', () => {
    for (const row of ROWS) {
      const value = solve(row.prompt)
      expect(Number.isInteger(value) && value > 0, row.id).toBe(true)
      expect(finalAnswer(row.chosen[0]!), row.id).toBe(value)
      expect(equations(row.chosen[0]!), row.id).toHaveLength(3)
      expect(
        equations(row.chosen[0]!).every(({ holds }) => holds),
        row.id,
      ).toBe(true)
      for (const rejected of row.rejected) expect(finalAnswer(rejected), rejected).not.toBe(value)
    }
  })

  it('gives rejected results that differ within an example', () => {
    for (const row of ROWS) expect(new Set(row.rejected.map(finalAnswer)).size, row.id).toBe(3)
  })

  it('has errors that an equation shows and errors that it does not', () => {
    const broken = ROWS.flatMap((row) => row.rejected).map((text) => equations(text).some(({ holds }) => !holds))
    const share = broken.filter(Boolean).length / broken.length
    expect(share).toBeGreaterThan(0.15)
    expect(share).toBeLessThan(0.5)
  })
})
