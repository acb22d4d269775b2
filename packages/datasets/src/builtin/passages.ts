import type { Draw } from './draw.js'
import type { PromptRegister } from './prompt-register.js'
import type { Draft } from './row.js'
import {
  ATTRIBUTES,
  type Attribute,
  ESTABLISHMENTS,
  type Establishment,
  NOT_SAID,
  PASSAGE_FRAMES,
  PASSAGE_OVERCLAIMS,
  PASSAGE_SUPPORT,
  PEOPLE,
  PLACE_FIRST,
  TOWNS,
  WEEKDAYS,
} from './tables/passages.js'
import { capitalised, filled } from './text.js'
import { speak } from './voice.js'

type Values = Readonly<Record<Attribute['key'], string>>

/** An invented establishment with a value for every attribute. */
interface Entity {
  readonly name: string
  readonly establishment: Establishment
  readonly values: Values
}

const COUNT = 237
const UNANSWERABLE = 0.22
const OVERCLAIM_CHANCE = { chosen: 0.2, rejected: 0.34 }

/** Questions about an invented passage in the prompt, some of which it does not answer. */
export function passageDrafts(draw: Draw, register: PromptRegister): Draft[] {
  const names = PLACE_FIRST.flatMap((first) => ESTABLISHMENTS.map((establishment) => ({ first, establishment })))
  const [asked, others] = [draw.sample(names, COUNT), draw.shuffled(names)]
  return asked.map(({ first, establishment }, i) => {
    const neighbour = others.find((other) => other.first !== first && other.establishment !== establishment)!
    others.splice(others.indexOf(neighbour), 1)
    const about = entityOf(draw, first, establishment, undefined)
    const beside = entityOf(draw, neighbour.first, neighbour.establishment, about.values)
    return draftOf(draw, register, about, beside, ATTRIBUTES[i % ATTRIBUTES.length]!)
  })
}

function entityOf(draw: Draw, first: string, establishment: Establishment, taken: Values | undefined): Entity {
  return { name: `the ${first} ${establishment.noun}`, establishment, values: valuesOf(draw, taken) }
}

/** Values no two of which are equal, nor equal to a value of `taken`. */
function valuesOf(draw: Draw, taken: Values | undefined): Values {
  const used = new Set(Object.values(taken ?? {}))
  const unused = (draft: () => string): string => {
    let value = draft()
    while (used.has(value)) value = draft()
    used.add(value)
    return value
  }
  const opened = unused(() => String(draw.integer(1820, 1960)))
  return {
    opened,
    restored: unused(() => String(draw.integer(1962, 2015))),
    founder: unused(() => draw.pick(PEOPLE)),
    head: unused(() => draw.pick(PEOPLE)),
    town: unused(() => draw.pick(TOWNS)),
    yearly: unused(() => String(draw.integer(21, 98) * 100)),
    price: unused(() => String(draw.integer(3, 19))),
    closed: unused(() => draw.pick(WEEKDAYS)),
    staff: unused(() => String(draw.integer(21, 89))),
  }
}

function draftOf(draw: Draw, register: PromptRegister, about: Entity, beside: Entity, asked: Attribute): Draft {
  const said = !draw.chance(UNANSWERABLE)
  const prompt = register.fresh(() => ask(draw, about, beside, asked, said))
  const right = said ? about.values[asked.key] : undefined
  const wrong = wrongValues(draw, about, beside, asked, said)
  return {
    prompt,
    chosen: [answer(draw, about, asked, right, OVERCLAIM_CHANCE.chosen)],
    rejected: wrong.map((value) => answer(draw, about, asked, value, OVERCLAIM_CHANCE.rejected)),
    metadata: {
      kind: said ? 'passage' : 'passage-unanswerable',
      attribute: asked.key,
      entity: about.name,
      other: beside.name,
      value: right ?? 'not stated',
    },
  }
}

function ask(draw: Draw, about: Entity, beside: Entity, asked: Attribute, said: boolean): string {
  const question = filled(draw.pick(asked.questions), slotsOf(about, ''))
  return filled(draw.pick(PASSAGE_FRAMES), { p: passageOf(draw, about, beside, asked, said), q: question })
}

/** Four to seven sentences: some about the entity (the asked one only if `said`), one or two about its neighbour. */
function passageOf(draw: Draw, about: Entity, beside: Entity, asked: Attribute, said: boolean): string {
  const others = draw.sample(
    ATTRIBUTES.filter((attribute) => attribute.key !== asked.key),
    draw.integer(2, 4),
  )
  const mentioned = draw.shuffled(said ? [asked, ...others] : others)
  const lead = `This is about ${about.name}.`
  const own = mentioned.map((attribute) => capitalised(sentence(draw, about, attribute)))
  const remark = draw.pick(about.establishment.remarks)
  const aside = `By comparison, at ${beside.name}: ${filled(draw.pick(asked.sentences), slotsOf(beside, beside.values[asked.key])).replace(/^It\b/, 'it')}`
  return [lead, ...own, remark, ...(draw.chance(0.75) ? [aside] : [])].join(' ')
}

function sentence(draw: Draw, entity: Entity, attribute: Attribute): string {
  return filled(draw.pick(attribute.sentences), slotsOf(entity, entity.values[attribute.key]))
}

function slotsOf(entity: Entity, value: string): Record<string, string> {
  return { n: entity.name, N: capitalised(entity.name), v: value, V: value, g: entity.establishment.guests }
}

/** The neighbour's value, a value from nowhere, and either a second one or the claim that the text does not say. */
function wrongValues(
  draw: Draw,
  about: Entity,
  beside: Entity,
  asked: Attribute,
  said: boolean,
): readonly (string | undefined)[] {
  const first = inventedValue(draw, about, beside, asked, [])
  const second = inventedValue(draw, about, beside, asked, [first])
  const third = said && draw.chance(0.3) ? undefined : second
  return draw.shuffled([beside.values[asked.key], first, third])
}

function inventedValue(draw: Draw, about: Entity, beside: Entity, asked: Attribute, not: readonly string[]): string {
  const excluded = new Set([...Object.values(about.values), ...Object.values(beside.values), ...not])
  let value = valuesOf(draw, undefined)[asked.key]
  while (excluded.has(value)) value = valuesOf(draw, undefined)[asked.key]
  return value
}

function answer(
  draw: Draw,
  about: Entity,
  asked: Attribute,
  value: string | undefined,
  overclaimChance: number,
): string {
  const slots = slotsOf(about, value ?? '')
  const claim =
    value === undefined
      ? filled(draw.pick(NOT_SAID), { m: filled(asked.missing, slots) })
      : filled(draw.pick(asked.answers), slots)
  const overclaim = draw.chance(overclaimChance) ? ` ${draw.pick(PASSAGE_OVERCLAIMS)}` : ''
  return speak(draw, { claim: `${claim}${overclaim}`, support: PASSAGE_SUPPORT })
}
