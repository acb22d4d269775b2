import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { DatasetFormatError, parseJson } from '@judgelab/core'
import type { RowBatch } from './row.js'

/**
 * The items of a JSON file that holds one list, all at once: such files are small.
 *
 * @throws {DatasetFormatError} as `loadJsonList`
 */
export async function* readJsonListRows(file: string): AsyncGenerator<RowBatch> {
  yield (await loadJsonList(file)).map((value, at) => ({ at, value }))
}

/**
 * The items of a JSON file that holds one list; a byte order mark at its start is skipped.
 *
 * @throws {DatasetFormatError} if there is no file, it is not UTF-8, or it holds anything but a list
 */
export async function loadJsonList(file: string): Promise<unknown[]> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new DatasetFormatError('expected a file with a JSON list, found none', { file }, { cause })
  })
  if (!isUtf8(bytes)) throw new DatasetFormatError('expected UTF-8 text, found bytes that are not', { file })
  const value = parseJson(bytes.toString('utf8').replace(/^\uFEFF/, ''), { file })
  if (Array.isArray(value)) return value
  throw new DatasetFormatError(`expected a list, found ${JSON.stringify(value).slice(0, 60)}`, { file })
}
