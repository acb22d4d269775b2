import { describe, expect, it } from 'vitest'
import { TIES_THEMES, type TiesTheme } from '../../src/builtin/tables/ties-themes.js'
import { hasPhrase, rowsOf } from './committed.js'

/** Number themes recomputed: what makes a number right for the question with several answers. */
const RULES: Readonly<Record<string, (n: number) => boolean>> = {
  primes: (n) => n > 1 && Array.from({ length: n - 2 }, (_, i) => i + 2).every((d) => n % d !== 0),
  squares: (n) => Math.sqrt(n) % 1 === 0,
  cubes: (n) => Math.round(Math.cbrt(n)) ** 3 === n,
  'multiples of seven': (n) => n % 7 === 0,
  'divisors of 24': (n) => 24 % n === 0,
  'powers of two': (n) => Math.log2(n) % 1 === 0,
  'multiples of nine': (n) => n % 9 === 0,
  'triangular numbers': (n) => Math.sqrt(8 * n + 1) % 1 === 0,
  'Fibonacci numbers': (n) => [5 * n * n + 4, 5 * n * n - 4].some((m) => Math.sqrt(m) % 1 === 0),
  'leap years': (n) => n % 4 === 0 && (n % 100 !== 0 || n % 400 === 0),
  'multiples of eleven': (n) => n % 11 === 0,
  'factors of 36': (n) => 36 % n === 0 && n < 36,
}

function themeOf(prompt: string): TiesTheme {
  const themes = TIES_THEMES.filter(({ tied, ref }) => prompt.endsWith(tied) || prompt.endsWith(ref))
  expect(themes, prompt).toHaveLength(1)
  return themes[0]!
}

/** The one name that a response gives. */
function nameIn(theme: TiesTheme, response: string): string {
  const named = [...theme.members, ...theme.decoys].filter((name) => hasPhrase(response, name))
  const longest = named.filter((name) => !named.some((other) => other !== name && hasPhrase(other, name)))
  expect(longest, response).toHaveLength(1)
  return longest[0]!
}

const ROWS = rowsOf('Ties')

describe('Ties', () => {
  it('has number themes that a rule decides', () => {
    const numeric = TIES_THEMES.filter((theme) => theme.decoys.every((name) => /^\d+$/.test(name)))
    expect(numeric.map(({ theme }) => theme).sort()).toEqual(Object.keys(RULES).sort())
    for (const theme of numeric) {
      expect(
        theme.members.every((name) => RULES[theme.theme]!(Number(name))),
        theme.theme,
      ).toBe(true)
      expect(
        theme.decoys.some((name) => RULES[theme.theme]!(Number(name))),
        theme.theme,
      ).toBe(false)
    }
  })

  it('has number questions with bounds that leave one answer', () => {
    for (const theme of TIES_THEMES.filter(({ ref }) => /between \d+ and \d+/.test(ref))) {
      const [low, high] = theme.ref
        .match(/(\d+) and (\d+)/)!
        .slice(1)
        .map(Number)
      const between = Array.from({ length: high! - low! - 1 }, (_, i) => low! + i + 1).filter(RULES[theme.theme]!)
      expect(between, theme.ref).toEqual([Number(theme.answer)])
    }
  })

  it('has no name that is both right and wrong', () => {
    for (const { members, decoys } of TIES_THEMES)
      expect(new Set([...members, ...decoys]).size).toBe(members.length + decoys.length)
  })

  it('the table has the chosen names alone, in every example', () => {
    for (const row of ROWS) {
      const theme = themeOf(row.prompt)
      const isRef = row.prompt.endsWith(theme.ref)
      expect(isRef, row.id).toBe(row.id.startsWith('ref'))
      const right = new Set(isRef ? [theme.answer] : theme.members)
      expect(new Set(row.chosen.map((text) => nameIn(theme, text))), row.id).toEqual(right)
      for (const rejected of row.rejected) expect(right.has(nameIn(theme, rejected)), rejected).toBe(false)
    }
  })

  it('pairs siblings of one theme under one number', () => {
    for (let n = 0; n < 51; n++) expect(themeOf(ROWS[2 * n]!.prompt).theme).toBe(themeOf(ROWS[2 * n + 1]!.prompt).theme)
  })
})
