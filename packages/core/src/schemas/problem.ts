import { closest } from 'fastest-levenshtein'
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
      const expected =
        issue.values.length === 1 ? quote(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`
      const hint = typeof found === 'string' ? suggestion(found, issue.values.map(String)) : ''
      return [{ path, message: `expected ${expected}, found ${shown(found)}${hint}` }]
    }
    case 'invalid_union': {
      const inner = issue.errors.flat()[0]
      const expected = issue.errors.flatMap((branch) => branch.map(expectation)).filter((text) => text !== '')
      if (expected.length > 0)
        return [{ path, message: `expected ${unique(expected).join(' or ')}, found ${shown(found)}` }]
      return [{ path, message: inner ? inner.message : issue.message }]
    }
    case 'custom':
      return [{ path, message: issue.message }]
    default: {
      if (issue.message.startsWith('expected')) return [{ path, message: `${issue.message}, found ${shown(found)}` }]
      return [{ path, message: `expected ${expectation(issue) || issue.message}, found ${shown(found)}` }]
    }
  }
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return article(issue.expected)
    case 'invalid_value':
      return issue.values.map(String).join(' or ')
    case 'too_small':
      return `${sizeOf(issue.origin)} ${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`
    case 'too_big':
      return `${sizeOf(issue.origin)} ${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`
    default:
      return ''
  }
}

function article(type: string): string {
  if (type === 'int') return 'an integer'
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

function sizeOf(origin: string): string {
  if (origin === 'string') return 'a text of length'
  if (origin === 'array') return 'a list of length'
  return 'a number'
}

/** ` (did you mean "x"?)` when one of the names is close enough to be a slip of the fingers. */
export function suggestion(given: string, names: readonly string[]): string {
  if (names.length === 0) return ''
  const nearest = closest(given, names)
  const shared = [...new Set(given)].filter((letter) => nearest.includes(letter)).length
  const near =
    nearest.length > 0 && shared >= Math.ceil(new Set(given).size / 2) && Math.abs(nearest.length - given.length) <= 4
  return near ? ` (did you mean ${quote(nearest)}?)` : ''
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

function unique(items: readonly string[]): string[] {
  return [...new Set(items)]
}
