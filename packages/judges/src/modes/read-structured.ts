import { isDeepStrictEqual } from 'node:util'
import type { Choice, Classed, Failed, Outcome, Rating } from '@judgelab/core'
import type { Question } from './question.js'
import { readValue, unparsed } from './read-value.js'
import { refusal } from './refusal.js'

const FIELDS = { pairwise: 'verdict', 'best-of-n': 'verdict', rating: 'rating', classify: 'label' } as const

/** Where an object may begin in a text that says something before it; more tries than this are never needed. */
const MOST_TRIES = 20

/**
 * Reads an answer in JSON (see `answerSchema`): one object that is the whole text, alone in a fence of code, or that begins
 * a line and ends the text. What stands behind an object makes it unreadable, as it may be a quotation that the judge then
 * speaks about; an object that names its decision twice is unreadable too,
 * and so is one that stands behind another with another decision. Fields that were not asked for are not looked at.
 */
export function readStructured(text: string, question: Question): Outcome {
  const plain = text.replace(/^\ufeff/, '').trim()
  if (plain === '') return unparsed('empty')
  const found = lastObject(unfenced(plain))
  if (found === undefined) return refusal(text) ?? unparsed('no JSON object ends the text')
  const outcome = readObject(found, question)
  const another = lastObject(found.before)
  if (another !== undefined && outcome.kind !== 'failed') {
    const other = readObject(another, question)
    if (other.kind !== 'failed' && !isDeepStrictEqual(other, outcome)) return unparsed('two objects that differ')
  }
  return outcome
}

function readObject({ text, object }: Found, question: Question): Outcome {
  const field = FIELDS[question.mode]
  if (timesNamed(text, field) > 1) return unparsed(`"${field}" stands twice`)
  const value = Object.hasOwn(object, field) ? object[field] : undefined
  if (value === undefined) return unparsed(`no "${field}"`)
  if (typeof value !== 'string' && (typeof value !== 'number' || question.mode !== 'rating'))
    return unparsed(`"${field}" is no ${question.mode === 'rating' ? 'number' : 'text'}`)
  return withStrength(readValue(String(value), question), object, question)
}

function unfenced(text: string): string {
  if (!text.endsWith('```')) return text
  const [, inner] = /(?:^|\n)```\w*[ \t]*\r?\n([\s\S]*?)\r?\n?```$/.exec(text) ?? []
  return (inner ?? text).trim()
}

interface Found {
  readonly text: string
  readonly object: Readonly<Record<string, unknown>>
  /** What stands before it. */
  readonly before: string
}

/** The longest object that begins a line and ends the text. */
function lastObject(text: string): Found | undefined {
  let tries = 0
  for (const { index } of text.matchAll(/^[ \t]*\{/gm)) {
    const rest = text.slice(index)
    const object = tryParseObject(rest)
    if (object !== undefined) return { text: rest, object, before: text.slice(0, index).trimEnd() }
    if (++tries === MOST_TRIES) return undefined
  }
  return undefined
}

function tryParseObject(text: string): Found['object'] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Found['object']) : undefined
  } catch {
    return undefined
  }
}

/** How often a JSON text has a key: JSON.parse keeps the last of two in silence. */
function timesNamed(json: string, key: string): number {
  return [...json.matchAll(new RegExp(`(?<!\\\\)"${key}"\\s*:`, 'g'))].length
}

function withStrength(
  outcome: Choice | Rating | Classed | Failed,
  { strength }: Found['object'],
  { asking }: Question,
): Outcome {
  if (outcome.kind !== 'choice' || outcome.slot === 'tie' || !asking.askStrength) return outcome
  return strength === 'slight' || strength === 'strong' ? { ...outcome, strength } : outcome
}
