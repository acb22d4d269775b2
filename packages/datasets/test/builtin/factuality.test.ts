import { describe, expect, it } from 'vitest'
import { AUTHORS } from '../../src/builtin/tables/authors.js'
import { CAPITALS } from '../../src/builtin/tables/capitals.js'
import { CONVERSIONS } from '../../src/builtin/tables/conversions.js'
import { ELEMENTS } from '../../src/builtin/tables/elements.js'
import { EVENTS } from '../../src/builtin/tables/events.js'
import { POLYGONS } from '../../src/builtin/tables/polygons.js'
import { STATE_CAPITALS } from '../../src/builtin/tables/state-capitals.js'
import { hasPhrase, questionIn, rowsOf, withoutListNumbers } from './committed.js'

/** A kind of fact: how its questions sound, and subject and value as the tables have them. */
interface FactBook {
  readonly kind: string
  readonly sounds: RegExp
  readonly facts: ReadonlyMap<string, string>
}

const BOOKS: readonly FactBook[] = [
  book(
    'element-symbol',
    /symbol|abbreviated|letter or letters/,
    ELEMENTS.map(([symbol, name]) => [name, symbol]),
  ),
  book(
    'element-number',
    /atomic number|protons/,
    ELEMENTS.map(([, name], i) => [name, String(i + 1)]),
  ),
  book('state-capital', /state/, STATE_CAPITALS),
  book(
    'capital',
    /capital/,
    CAPITALS.map(([country, capital]) => [country, capital]),
  ),
  book('author', /wrote|author|by whom|whose name/i, AUTHORS),
  book('roman', /Roman numeral|ordinary digits|carved/, new Map<string, string>()),
  book(
    'alphabet',
    /alphabet|letter/,
    [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, i) => [letter, String(i + 1)]),
  ),
  book(
    'polygon',
    /sides/,
    POLYGONS.map(([polygon, sides]) => [polygon, String(sides)]),
  ),
  book(
    'event-year',
    /year/,
    EVENTS.map(([event, year]) => [event, String(year)]),
  ),
  book(
    'conversion',
    /how many/i,
    CONVERSIONS.map(([small, large, n]) => [`${small} are in ${large}`, String(n)]),
  ),
]

function book(kind: string, sounds: RegExp, facts: Iterable<readonly [string, string]>): FactBook {
  return { kind, sounds, facts: new Map(facts) }
}

/** The words that decide what kind of fact is asked for: the prompt without what people say around a question. */
const AROUND =
  /over dinner|\bThis came up[^.]*\.|A short explanation[^.]*\.|\bI am preparing[^.]*\.|My daughter[^.]*\./g

function readRoman(numeral: string): number {
  const worth: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 }
  const values = [...numeral].map((letter) => worth[letter]!)
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0)
}

/** What the prompt asks for, found in the tables from its text alone. */
function lookUp(prompt: string): { kind: string; subject: string; value: string } {
  const text = prompt.replace(AROUND, '')
  const kind = BOOKS.find(({ sounds }) => sounds.test(text))!
  if (kind.kind === 'roman') {
    const subject = text.match(/\b[MDCLXVI]{2,}\b/)![0]
    return { kind: kind.kind, subject, value: String(readRoman(subject)) }
  }
  const named = [...kind.facts.keys()].filter((subject) => mentions(kind.kind, text, subject))
  const subject = named.sort((a, b) => b.length - a.length)[0]!
  return { kind: kind.kind, subject, value: kind.facts.get(subject)! }
}

function mentions(kind: string, text: string, subject: string): boolean {
  return kind === 'alphabet' ? new RegExp(`(?:letter|belongs to) ${subject}\\b`).test(text) : hasPhrase(text, subject)
}

/** The values that a response states. */
function statedValues(kind: string, response: string): string[] {
  const text = withoutListNumbers(response).replace(/2019 survey|\(2014\), page 212/g, '')
  if (kind === 'element-symbol')
    return [...text.matchAll(/(?:symbol for \w+ is|Chemists write|is written|it appears as) ([A-Z][a-z]?)\b/g)].map(
      (m) => m[1]!,
    )
  if (kind === 'capital' || kind === 'state-capital' || kind === 'author') {
    const values = [...BOOKS.find((one) => one.kind === kind)!.facts.values()]
    return [...new Set(values)].filter((value) => hasPhrase(text, value))
  }
  return text.match(/\d+/g) ?? []
}

const CLOSED_BOOK = rowsOf('Factuality').filter((row) => !String(row.metadata.kind).startsWith('passage'))
const WITH_PASSAGE = rowsOf('Factuality').filter((row) => String(row.metadata.kind).startsWith('passage'))

describe('closed-book questions in Factuality', () => {
  it('read Roman numerals as worked by hand', () => {
    // MCMXC = 1000 + (1000 - 100) + (100 - 10)
    expect(readRoman('MCMXC')).toBe(1990)
  })

  it('are half of the subset', () => {
    expect(CLOSED_BOOK).toHaveLength(238)
    expect(WITH_PASSAGE).toHaveLength(237)
  })

  it('the table has the chosen value alone, in every example', () => {
    for (const row of CLOSED_BOOK) {
      const { kind, value } = lookUp(row.prompt)
      expect(kind, row.id).toBe(row.metadata.kind)
      expect(new Set(statedValues(kind, row.chosen[0]!)), row.id).toEqual(new Set([value]))
      for (const rejected of row.rejected) {
        const stated = statedValues(kind, rejected)
        expect(stated.length, rejected).toBeGreaterThan(0)
        expect(stated, rejected).not.toContain(value)
      }
    }
  })

  it('use each fact once', () => {
    const facts = CLOSED_BOOK.map((row) => Object.values(lookUp(row.prompt)).slice(0, 2).join(':'))
    expect(new Set(facts).size).toBe(facts.length)
  })
})

/** How a passage states an attribute, and how it is asked for. */
const ATTRIBUTES: Readonly<Record<string, { asked: RegExp; stated: RegExp }>> = {
  opened: { asked: /first open/, stated: /first opened in (\d{4})/ },
  restored: { asked: /restor/, stated: /restored in (\d{4})/ },
  founder: { asked: /found(ed|er|ing)/, stated: /founder was ([A-Z]\w+ [A-Z]\w+)/ },
  head: { asked: /Who runs|in charge|management/, stated: /run by ([A-Z]\w+ [A-Z]\w+)/ },
  town: { asked: /Where is|town/, stated: /located in ([A-Z]\w+(?: [A-Z]\w+)?)/ },
  yearly: { asked: /in a year|each year|yearly/, stated: /about (\d+) / },
  price: { asked: /ticket/, stated: /costs (\d+) euros/ },
  closed: { asked: /day of the week|weekday|closing day/, stated: /closed on (\w+day)s/ },
  staff: { asked: /people work|staff/, stated: /staff of (\d+)/ },
}

const SAYS_NOTHING = /does not say|nothing in the passage about|nobody can tell|not stated/

/** The value that the passage gives for what is asked, read from the prompt; nothing where the passage is silent. */
function readPassage(prompt: string): string | undefined {
  const question = questionIn(prompt)
  const asked = Object.values(ATTRIBUTES).filter((attribute) => attribute.asked.test(question))
  expect(asked, question).toHaveLength(1)
  const own = prompt.replace(question, '').replace(/By comparison, at [^.]*\./, '')
  const name = own.match(/This is about the ([^.]*)\./)![1]!
  expect(question).toContain(name)
  return own.match(asked[0]!.stated)?.[1]
}

const singularDays = (text: string): string => text.replace(/days\b/g, 'day')

describe('passages in Factuality', () => {
  it('the passage decides, in every example', () => {
    for (const row of WITH_PASSAGE) {
      const value = readPassage(row.prompt)
      const chosen = withoutListNumbers(row.chosen[0]!)
      if (value === undefined) {
        expect(chosen, row.id).toMatch(SAYS_NOTHING)
        for (const rejected of row.rejected) expect(rejected, row.id).not.toMatch(SAYS_NOTHING)
      } else {
        expect(hasPhrase(singularDays(chosen), value), row.id).toBe(true)
        expect(chosen, row.id).not.toMatch(SAYS_NOTHING)
        for (const rejected of row.rejected)
          expect(hasPhrase(singularDays(withoutListNumbers(rejected)), value), rejected).toBe(false)
      }
    }
  })

  it('leave some questions unanswered, and then deny it wrongly elsewhere', () => {
    const silent = WITH_PASSAGE.filter((row) => readPassage(row.prompt) === undefined)
    const denials = WITH_PASSAGE.flatMap((row) => row.rejected).filter((text) => SAYS_NOTHING.test(text))
    expect(silent.length).toBeGreaterThan(30)
    expect(denials.length).toBeGreaterThan(30)
  })
})
