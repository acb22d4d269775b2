import { distance } from 'fastest-levenshtein'
import type { z } from 'zod'

/** One thing that is wrong with a value: where, and what was expected and found. */
export interface Problem {
  readonly path: readonly (string | number)[]
  /** Set when the problem is a key that should not be there. */
  readonly key?: string | undefined
  readonly message: string
}

/** What zod found, in our words: `expected …, found …`, with the nearest right name where one is near. */
export function problemsOf(error: z.ZodError, value: unknown, knownKeys: readonly string[] = []): Problem[] {
  return error.issues.flatMap((issue) => issueProblems(issue, value, knownKeys))
}

function issueProblems(issue: z.core.$ZodIssue, value: unknown, knownKeys: readonly string[]): Problem[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  const found = valueAt(value, path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path,
        key,
        message: `unknown field ${quote(key)}${suggestion(key, knownKeys)}`,
      }))
    case 'invalid_value': {
      const expected = issue.values.length === 1 ? quote(issue.values[0]) : `one of ${listed(issue.values)}`
      const hint = typeof found === 'string' ? suggestion(found, issue.values.filter(isText)) : ''
      return [{ path, message: `expected ${expected}, found ${shown(found)}${hint}` }]
    }
    case 'invalid_union':
      return unionProblems(issue, path, found, value, knownKeys)
    case 'custom':
      return [{ path, message: withFound(issue.message, found) }]
    default: {
      const expected = expectation(issue)
      return [{ path, message: withFound(expected === '' ? issue.message : `expected ${expected}`, found) }]
    }
  }
}

/** No kind fits: the kinds there are; or, where the value got further into one of the forms, what is wrong in there. */
function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  path: readonly (string | number)[],
  found: unknown,
  value: unknown,
  knownKeys: readonly string[],
): Problem[] {
  if ('options' in issue && Array.isArray(issue.options)) {
    const hint = typeof found === 'string' ? suggestion(found, issue.options.filter(isText)) : ''
    return [{ path, message: `expected one of ${listed(issue.options)}, found ${shown(found)}${hint}` }]
  }
  const entered = issue.errors.find((branch) =>
    branch.every((inner) => inner.path.length > 0 || !['invalid_type', 'invalid_value'].includes(inner.code)),
  )
  if (entered !== undefined)
    return entered.flatMap((inner) =>
      issueProblems({ ...inner, path: [...path, ...inner.path] } as z.core.$ZodIssue, value, knownKeys),
    )
  const expected = issue.errors.flatMap((branch) => branch.map(expectation)).filter((text) => text !== '')
  return [{ path, message: withFound(`expected ${unique(expected).join(' or ')}`, found) }]
}

function withFound(message: string, found: unknown): string {
  return message.includes(', found ') ? message : `${message}, found ${shown(found)}`
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? `a ${issue.expected}`
    case 'invalid_value':
      return issue.values.map(quote).join(' or ')
    case 'too_small':
      return `${sizeOf(issue.origin)} ${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`
    case 'too_big':
      return `${sizeOf(issue.origin)} ${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`
    case 'invalid_format':
      return FORMAT_WORDS[issue.format] ?? ''
    default:
      return ''
  }
}

/** Zod's names of types, in the words that the documentation uses. */
const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const FORMAT_WORDS: Readonly<Record<string, string>> = {
  datetime: 'a time in ISO 8601, UTC, as 2026-02-02T12:00:00Z',
  date: 'a date, as 2026-02-02',
  url: 'an address, as http://localhost:8000/v1',
}

function sizeOf(origin: string): string {
  if (origin === 'string') return 'a text of length'
  if (origin === 'array') return 'a list of length'
  return origin === 'int' ? 'an integer' : 'a number'
}

/**
 * ` (did you mean "x"?)` when one of the names is close enough to be a slip of the fingers: one letter in four differs,
 * or the same letters stand in another order. Letter case, - and _ don't count.
 */
export function suggestion(given: string, names: readonly string[]): string {
  const [nearest] = names
    .map((name) => ({ name, edits: distance(plain(given), plain(name)) }))
    .sort((a, b) => a.edits - b.edits)
  if (nearest === undefined) return ''
  const allowed = Math.max(1, Math.floor(Math.max(given.length, nearest.name.length) / 4))
  const isNear = nearest.edits <= allowed || letters(given) === letters(nearest.name)
  return isNear ? ` (did you mean ${quote(nearest.name)}?)` : ''
}

function letters(name: string): string {
  return [...plain(name)].sort().join('')
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '')
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let held = value
  for (const step of path)
    held = held === null || typeof held !== 'object' ? undefined : (held as Record<string, unknown>)[step]
  return held
}

/** A value as an error shows it, cut at 60 characters. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

function quote(value: unknown): string {
  return JSON.stringify(value) ?? String(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function listed(values: readonly unknown[]): string {
  return values.map(String).join(', ')
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)]
}
