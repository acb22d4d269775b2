import type { Opinion } from './opinion.js'
import { isSlotLabel, isTieLabel, type Wanted } from './read-instruction.js'

/** A text that a model answers with. */
export interface Written {
  readonly text: string
  /** The label in it that was chosen among others, the place of its last occurrence, and how likely each was. */
  readonly label?: Label | undefined
}

export interface Label {
  readonly chosen: string
  readonly probabilities: Readonly<Record<string, number>>
}

/** A label that no prompt offers. */
const WRONG_LABEL = 'undecided'

/** Writes an opinion down in the form that the prompt's own words ask for. */
export function writeAnswer(opinion: Opinion, wanted: Wanted, verbosity: number, isWrong: boolean): Written {
  if (wanted.form === 'json') return writeJson(opinion, schemaFor(wanted), verbosity, isWrong)
  const reasons = reasonsFor(opinion, verbosity)
  if (wanted.kind === 'talk') return { text: reasons === '' ? 'Yes.' : reasons }
  if (wanted.kind === 'rating') {
    const value = isWrong ? wanted.high + 7 : ratingOf(opinion, wanted.low, wanted.high)
    return { text: lines(reasons, wanted.form === 'line' ? `Rating: ${value}` : `${value}`) }
  }
  const label = isWrong ? { chosen: WRONG_LABEL, probabilities: {} } : chooseLabel(opinion, wanted.labels)
  if (wanted.form === 'token') return { text: label.chosen, label }
  if (wanted.form === 'brackets') return { text: lines(reasons, `[[${label.chosen}]]`), label }
  const key = wanted.kind === 'choice' ? 'Verdict' : 'Class'
  const strength = wanted.strength && isSlotLabel(label.chosen) ? `, ${STRENGTHS[strengthOf(opinion, 2)]}` : ''
  return { text: lines(reasons, `${key}: ${label.chosen}${strength}`), label }
}

const STRENGTHS = ['slight', 'strong'] as const

/** What JSON looks like where no schema is given. */
export function schemaFor(wanted: Wanted): AnswerSchema {
  const reasoning: AnswerSchema = { type: 'string' }
  switch (wanted.kind) {
    case 'choice':
      return {
        properties: {
          reasoning,
          verdict: { enum: wanted.labels },
          ...(wanted.strength ? { strength: { enum: STRENGTHS } } : {}),
        },
      }
    case 'class':
      return { properties: { reasoning, label: { enum: wanted.labels } } }
    case 'rating':
      return { properties: { reasoning, rating: { type: 'integer', minimum: wanted.low, maximum: wanted.high } } }
    case 'talk':
      return { properties: { answer: reasoning } }
  }
}

function lines(reasons: string, last: string): string {
  return reasons === '' ? last : `${reasons}\n\n${last}`
}

/** The label that an opinion comes to, among labels of slots and ties or of classes. */
function chooseLabel(opinion: Opinion, labels: readonly string[]): Label {
  return labels.every((label) => isSlotLabel(slotLabel(label)) || isTieLabel(label))
    ? slotChoice(opinion, labels)
    : classChoice(opinion, labels)
}

function slotChoice(opinion: Opinion, labels: readonly string[]): Label {
  const tie = labels.find(isTieLabel)
  const [best = 0, next = 0] = opinion.probabilities.toSorted((a, b) => b - a)
  const tieShare = tie === undefined ? 0 : tieProbability(best, next, opinion.isTie)
  const probabilities: Record<string, number> = tie === undefined ? {} : { [tie]: tieShare }
  opinion.probabilities.forEach((probability, slot) => {
    probabilities[labelOfSlot(labels, slot)] = probability * (1 - tieShare)
  })
  const chosen = tie !== undefined && opinion.isTie ? tie : labelOfSlot(labels, opinion.slot)
  return { chosen, probabilities }
}

/** More than the best slot's when it is a tie, less when it is none. */
function tieProbability(best: number, next: number, isTie: boolean): number {
  const odds = isTie ? best * (1 + next) : (best * next) / 2
  return odds / (1 + odds)
}

function labelOfSlot(labels: readonly string[], slot: number): string {
  const letter = String.fromCharCode(65 + slot)
  return labels.find((label) => slotLabel(label) === letter) ?? letter
}

/** `A` of "A", "Response A" and "response_a". */
function slotLabel(label: string): string {
  return /^(?:.*[^A-Za-z])?([A-Za-z])$/.exec(label)?.[1]?.toUpperCase() ?? ''
}

const GOOD = /^(?:helpful|harmless|safe|good|correct|right|yes|true|pass|acceptable|follows)/i
const BAD = /^(?:un|in|not|no\b|non|harmful|bad|wrong|false|fail|violates)/i

/** Classes stand from good to bad unless their names say otherwise; quality is spread over them evenly. */
function classChoice(opinion: Opinion, labels: readonly string[]): Label {
  const quality = opinion.quality[0] ?? 0.5
  const fromGood = [...labels].sort((a, b) => goodness(b) - goodness(a))
  const at = Math.min(fromGood.length - 1, Math.floor((1 - quality) * fromGood.length))
  const chosen = fromGood[at] as string
  const rest = (1 - Math.max(quality, 1 - quality)) / Math.max(1, fromGood.length - 1)
  return {
    chosen,
    probabilities: Object.fromEntries(
      fromGood.map((label) => [label, label === chosen ? Math.max(quality, 1 - quality) : rest]),
    ),
  }
}

function goodness(label: string): number {
  return GOOD.test(label) ? 1 : BAD.test(label) ? -1 : 0
}

function ratingOf(opinion: Opinion, low: number, high: number): number {
  return Math.round(low + (high - low) * (opinion.quality[0] ?? 0.5))
}

/** Some sentences that a judge might say; they never name a label at the start of a line. */
function reasonsFor({ logits, slot, isTie }: Opinion, verbosity: number): string {
  const name = (at: number): string => `response ${String.fromCharCode(65 + at)}`
  const best = logits[slot] ?? 0
  const others = logits.filter((_, at) => at !== slot)
  const gap = others.length === 0 ? Math.abs(best) : best - Math.max(...others)
  const what =
    logits.length < 2
      ? 'The response was read against the request.'
      : isTie
        ? 'The responses serve the request about equally well.'
        : `Of the responses, ${name(slot)} serves the request better.`
  const more = [
    `The difference is ${Math.abs(gap) < 0.5 ? 'small' : Math.abs(gap) < 1.5 ? 'clear' : 'large'}.`,
    'What was asked for, what is claimed and how it is put were each looked at.',
    'Length by itself was not counted.',
  ]
  return [what, ...more].slice(0, Math.max(0, verbosity)).join(' ')
}

/** A JSON schema, as far as answers are written by it. */
export interface AnswerSchema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, AnswerSchema>>
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly items?: AnswerSchema
  readonly anyOf?: readonly AnswerSchema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
}

/** Writes an opinion down as JSON of a schema, the properties in the schema's order. */
export function writeJson(opinion: Opinion, schema: AnswerSchema, verbosity: number, isWrong: boolean): Written {
  let label: Label | undefined
  const fill = (name: string, part: AnswerSchema): unknown => {
    if (part.const !== undefined) return part.const
    if (part.enum !== undefined) {
      if (isWrong) return part.enum.every((value) => typeof value === 'number') ? -1 : WRONG_LABEL
      const labels = part.enum.filter((value) => typeof value === 'string')
      if (labels.length === 0) return ratingAmong(opinion, part.enum.map(Number))
      if (/strength|confidence|margin/i.test(name)) return labels[strengthOf(opinion, labels.length)]
      label = chooseLabel(opinion, labels)
      return label.chosen
    }
    if (part.anyOf !== undefined) return fill(name, part.anyOf[0] ?? {})
    const type = typeof part.type === 'string' ? part.type : (part.type?.[0] ?? 'object')
    if (type === 'integer' || type === 'number') return numberOf(name, part, type)
    if (type === 'boolean') return (opinion.quality[0] ?? 0.5) >= 0.5
    if (type === 'array') return [fill(name, part.items ?? { type: 'string' })]
    if (type === 'string') {
      if (!/^(?:verdict|label|winner|choice)$/i.test(name)) return reasonsFor(opinion, Math.max(1, verbosity))
      label = isWrong ? { chosen: WRONG_LABEL, probabilities: {} } : chooseLabel(opinion, ['A', 'B', 'tie'])
      return label.chosen
    }
    if (type === 'null') return null
    return Object.fromEntries(Object.entries(part.properties ?? {}).map(([key, held]) => [key, fill(key, held)]))
  }
  const numberOf = (name: string, { minimum, maximum }: AnswerSchema, type: string): number => {
    const isShare = type === 'number' && (maximum === 1 || /confidence|probability/i.test(name))
    if (isShare) return Math.round(1000 * Math.max(...opinion.probabilities)) / 1000
    if (isWrong) return (maximum ?? 10) + 7
    if (/strength|margin/i.test(name)) return strengthOf(opinion, (maximum ?? 3) - (minimum ?? 1) + 1) + (minimum ?? 1)
    return ratingOf(opinion, minimum ?? 1, maximum ?? 10)
  }
  return { text: JSON.stringify(fill('', schema)), label }
}

/** The number of a list that lies nearest to the rating on the list's own scale. */
function ratingAmong(opinion: Opinion, values: readonly number[]): number {
  const wanted = ratingOf(opinion, Math.min(...values), Math.max(...values))
  return values.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? wanted
}

/** 0 for the weakest of `steps` strengths. */
function strengthOf({ logits }: Opinion, steps: number): number {
  const [best = 0, next = 0] = logits.toSorted((a, b) => b - a)
  return Math.min(steps - 1, Math.floor((best - next) / 0.75))
}
