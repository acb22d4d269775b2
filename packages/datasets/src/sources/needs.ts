import { DatasetFormatError, type Where } from '@judgelab/core'

/** The error for a value that is not what its place needs: `expected …, found …`, the value cut at 80 characters. */
export function needs(expected: string, found: unknown, field: string | undefined, where: Where): DatasetFormatError {
  const shown = JSON.stringify(found) ?? 'nothing'
  const cut = shown.length > 80 ? `${shown.slice(0, 77)}…` : shown
  return new DatasetFormatError(`expected ${expected}, found ${cut}`, { ...where, field })
}

/** A value as an object with fields. @throws {DatasetFormatError} if it is none */
export function fieldsOf(value: unknown, where: Where, field?: string): Readonly<Record<string, unknown>> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
  throw needs('an object', value, field, where)
}
