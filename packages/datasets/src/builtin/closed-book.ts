import type { Draw } from './draw.js'
import type { PromptRegister } from './prompt-register.js'
import { toRoman } from './roman.js'
import type { Draft } from './row.js'
import { AUTHORS } from './tables/authors.js'
import { CAPITALS } from './tables/capitals.js'
import { CLOSINGS, FACT_KINDS, type FactKind, OPENINGS, OVERCLAIMS } from './tables/closed-book.js'
import { CONVERSIONS } from './tables/conversions.js'
import { ELEMENTS } from './tables/elements.js'
import { EVENTS } from './tables/events.js'
import { POLYGONS } from './tables/polygons.js'
import { STATE_CAPITALS } from './tables/state-capitals.js'
import { capitalised, filled } from './text.js'
import { speak } from './voice.js'

/** One fact and values of the same kind that are wrong for it. */
interface Fact {
  readonly kind: string
  readonly subject: string
  readonly value: string
  readonly wrong: readonly string[]
}

const COUNTS: Readonly<Record<string, number>> = {
  'element-number': 42,
  'element-symbol': 42,
  capital: 50,
  'state-capital': 32,
  author: 22,
  'event-year': 22,
  conversion: 12,
  roman: 8,
  polygon: 4,
  alphabet: 4,
}
const OVERCLAIM_CHANCE = { chosen: 0.22, rejected: 0.36 }

/** Questions about plain facts with nothing to go by in the prompt; 238 of them, each fact once. */
export function closedBookDrafts(draw: Draw, register: PromptRegister): Draft[] {
  return FACT_KINDS.flatMap((kind) =>
    draw.sample(factsOf(draw, kind.kind), COUNTS[kind.kind]!).map((fact) => draftOf(draw, register, kind, fact)),
  )
}

function draftOf(draw: Draw, register: PromptRegister, kind: FactKind, fact: Fact): Draft {
  const wrong = draw.sample([...new Set(fact.wrong)], 3)
  return {
    prompt: register.fresh(() => ask(draw, kind, fact)),
    chosen: [answer(draw, kind, fact.subject, fact.value, OVERCLAIM_CHANCE.chosen)],
    rejected: wrong.map((value) => answer(draw, kind, fact.subject, value, OVERCLAIM_CHANCE.rejected)),
    metadata: { kind: fact.kind, fact: `${fact.kind}:${fact.subject}`, subject: fact.subject, value: fact.value },
  }
}

function ask(draw: Draw, kind: FactKind, fact: Fact): string {
  const question = filled(draw.pick(kind.questions), { s: fact.subject })
  const opening = draw.chance(0.6) ? [draw.pick(OPENINGS)] : []
  const closing = draw.chance(0.5) ? [draw.pick(CLOSINGS)] : []
  return [...opening, question, ...closing].join(' ')
}

function answer(draw: Draw, kind: FactKind, subject: string, value: string, overclaimChance: number): string {
  const claim = filled(draw.pick(kind.answers), { s: subject, S: capitalised(subject), v: value })
  const overclaim = draw.chance(overclaimChance) ? ` ${draw.pick(OVERCLAIMS)}` : ''
  return speak(draw, { claim: `${claim}${overclaim}`, support: kind.support })
}

function factsOf(draw: Draw, kind: string): Fact[] {
  switch (kind) {
    case 'element-number':
      return ELEMENTS.map(([, name], i) => numberFact(kind, name, i + 1, nearby(i + 1, 9, 118)))
    case 'element-symbol':
      return ELEMENTS.map(([symbol, name]) => fact(kind, name, symbol, symbolsLike(symbol, name)))
    case 'capital':
      return CAPITALS.map(([country, capital, region]) => fact(kind, country, capital, capitalsIn(region)))
    case 'state-capital':
      return STATE_CAPITALS.map(([state, capital]) => fact(kind, state, capital, STATE_CAPITALS.map(second)))
    case 'author':
      return AUTHORS.map(([work, author]) => fact(kind, work, author, AUTHORS.map(second)))
    case 'event-year':
      return EVENTS.map(([event, year]) => numberFact(kind, event, year, nearby(year, 12, 2000)))
    case 'conversion':
      return CONVERSIONS.map(([small, large, count]) =>
        numberFact(kind, `${small} are in ${large}`, count, oddCounts(count)),
      )
    case 'roman':
      return romanNumbers(draw).map((value) => numberFact(kind, toRoman(value), value, misreadings(value)))
    case 'polygon':
      return POLYGONS.map(([polygon, sides]) => numberFact(kind, polygon, sides, nearby(sides, 2, 14)))
    default:
      return letters().map((letter, i) => numberFact(kind, letter, i + 1, nearby(i + 1, 3, 26)))
  }
}

function fact(kind: string, subject: string, value: string, candidates: readonly string[]): Fact {
  return { kind, subject, value, wrong: candidates.filter((candidate) => candidate !== value) }
}

function numberFact(kind: string, subject: string, value: number, candidates: readonly number[]): Fact {
  return fact(kind, subject, String(value), candidates.map(String))
}

function second(pair: readonly [string, string]): string {
  return pair[1]
}

function nearby(value: number, reach: number, max: number): number[] {
  const low = Math.max(1, value - reach)
  const high = Math.min(max, value + reach)
  return Array.from({ length: high - low + 1 }, (_, i) => low + i)
}

/** Symbols of other elements with the same first letter as the symbol or the name. */
function symbolsLike(symbol: string, name: string): string[] {
  const initials = [symbol.charAt(0), name.charAt(0).toUpperCase()]
  const alike = ELEMENTS.map(([other]) => other).filter((other) => initials.includes(other.charAt(0)))
  return alike.length > 4 ? alike : ELEMENTS.map(([other]) => other)
}

function capitalsIn(region: string): string[] {
  return CAPITALS.filter(([, , other]) => other === region).map(([, capital]) => capital)
}

/** Counts someone may misremember: neighbours, halves, doubles, and a power of ten too many or too few. */
function oddCounts(count: number): number[] {
  const step = count >= 1000 ? 20 : 2
  return [count + step, count - step, count * 2, Math.ceil(count / 2), count + 2 * step, count * 10].filter(
    (n) => n > 0,
  )
}

function romanNumbers(draw: Draw): number[] {
  return draw.sample(
    Array.from({ length: 1950 }, (_, i) => i + 40),
    8,
  )
}

function misreadings(value: number): number[] {
  return [value + 1, value + 2, value + 5, value + 10, value - 10, value + 100, value - 2]
}

function letters(): string[] {
  return [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
}
