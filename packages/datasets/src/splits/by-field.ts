import { type ByFieldSplit, ConfigError, type Example, suggestion } from '@judgelab/core'
import type { Rows } from './together-2026.js'

/**
 * A split by what a field of the examples says: for a generalisation that chance cannot test (a new source, a later year,
 * a subset that training never saw). Rows stand in the benchmark's order. An example whose value is on neither list, or that
 * has no such field, is on neither side.
 *
 * It promises nothing about prompts: whether one stands on both sides is for the audit to say.
 *
 * @throws {ConfigError} naming a value that no example has, or a side that would be empty
 */
export function splitByField(examples: readonly Example[], { field, test, train }: Omit<ByFieldSplit, 'method'>): Rows {
  const values = examples.map((example) => fieldValue(example, field))
  const known = new Set(values)
  for (const [side, named] of Object.entries({ test, train: train ?? [] }))
    for (const value of named)
      if (!known.has(value))
        throw new ConfigError(
          `expected a value of field "${field}" (${someOf(known)}), found "${value}"${suggestion(value, present(known))}`,
          `split.${side}`,
        )
  const isTest = (value: string | undefined): boolean => value !== undefined && test.includes(value)
  const isTrain = (value: string | undefined): boolean =>
    value !== undefined && !test.includes(value) && (train === undefined || train.includes(value))
  const rows = { train: rowsWhere(values, isTrain), test: rowsWhere(values, isTest) }
  if (rows.train.length === 0)
    throw new ConfigError(
      `expected examples for training, found field "${field}" with no value beside those on the test side`,
      'split.test',
    )
  return rows
}

function rowsWhere<T>(values: readonly T[], holds: (value: T) => boolean): number[] {
  return values.flatMap((value, row) => (holds(value) ? [row] : []))
}

/** A field's value as text; undefined where there is none. `subset` is the example's own, all else is in the metadata. */
function fieldValue({ subset, metadata }: Example, field: string): string | undefined {
  if (field === 'subset') return subset
  let held: unknown = metadata
  for (const step of Object.hasOwn(metadata, field) ? [field] : field.split('.')) {
    if (held === null || typeof held !== 'object' || !Object.hasOwn(held, step)) return undefined
    held = (held as Record<string, unknown>)[step]
  }
  return ['string', 'number', 'boolean'].includes(typeof held) ? String(held) : undefined
}

function present(known: ReadonlySet<string | undefined>): string[] {
  return [...known].filter((value) => value !== undefined).sort()
}

function someOf(known: ReadonlySet<string | undefined>): string {
  const values = present(known)
  if (values.length === 0) return 'which no example has'
  return `${values.slice(0, 8).join(', ')}${values.length > 8 ? ` and ${values.length - 8} more` : ''}`
}
