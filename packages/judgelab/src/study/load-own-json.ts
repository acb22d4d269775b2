import { readFile } from 'node:fs/promises'
import { DatasetFormatError, parseJson } from '@judgelab/core'

/** How a field of a file must be. */
export type FieldKind = 'object' | 'list' | 'string'

/**
 * A JSON file that an earlier start of judgelab wrote, with the fields that are read of it.
 *
 * @throws {DatasetFormatError} if it can't be read, is of another version, or lacks a field
 */
export async function loadOwnJson<T>(file: string, fields: Readonly<Record<string, FieldKind>>): Promise<T> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const found = cause.code === 'ENOENT' ? 'none' : `an unreadable one (${cause.message})`
    throw new DatasetFormatError(`expected a file that judgelab run writes, found ${found}`, { file }, { cause })
  })
  const value = parseJson(text, { file }) as Readonly<Record<string, unknown>> | null
  if (value?.formatVersion !== 1)
    throw new DatasetFormatError(`expected format version 1, found ${JSON.stringify(value?.formatVersion)}`, {
      file,
      field: 'formatVersion',
    })
  for (const [field, kind] of Object.entries(fields)) {
    const found = kindOf(value[field])
    if (found !== kind) throw new DatasetFormatError(`expected kind ${kind}, found ${found}`, { file, field })
  }
  return value as T
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}
