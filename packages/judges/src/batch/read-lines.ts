import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { DatasetFormatError, endOfWholeLines, readJsonl } from '@judgelab/core'
import { at } from '../providers/reply.js'

/** What a service says of one request, in the words of none. */
export interface ResultLine {
  readonly id: string
  /** HTTP status; absent where the request was never made. */
  readonly status?: number | undefined
  /** The reply, or the error's body. */
  readonly body: unknown
  /** Of a request that was never made. */
  readonly code?: string | undefined
}

/**
 * The lines of a result file, of OpenAI, Together or `vllm run-batch`: `response` with `status_code` and `body`, or `error`.
 * A line without a `custom_id`, or with damage, is a foreign one, under an empty id.
 */
export async function* readResultLines(file: string): AsyncGenerator<ResultLine> {
  for await (const text of textLines(file)) if (text.trim() !== '') yield resultLine(tryParse(text))
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Lines that end in a newline; the texts in them may hold other characters that end lines elsewhere. */
async function* textLines(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + (chunk as string)).split('\n')
    rest = lines.pop() as string
    yield* lines
  }
  if (rest !== '') yield rest
}

function resultLine(value: unknown): ResultLine {
  const id = at(value, 'custom_id')
  const response = at(value, 'response')
  const error = at(value, 'error')
  const status = at(response, 'status_code') ?? at(error, 'status_code')
  const code = at(error, 'code')
  return {
    id: typeof id === 'string' ? id : '',
    status: typeof status === 'number' ? status : undefined,
    body: at(response, 'body') ?? error,
    code: typeof code === 'string' ? code : undefined,
  }
}

/** @throws {DatasetFormatError} if a result file is cut off, damaged, or no file of results */
export async function checkResultFile(file: string): Promise<void> {
  if ((await endOfWholeLines(file)) < (await stat(file)).size)
    throw new DatasetFormatError('expected whole lines, found a file that is cut off', { file })
  for await (const { value, where } of readJsonl(file))
    if (at(value, 'custom_id') === undefined && at(value, 'response') === undefined)
      throw new DatasetFormatError('expected the result of a request, found another line', where)
}

/** The ids of a file of requests. */
export async function requestIds(file: string): Promise<string[]> {
  const ids: string[] = []
  for await (const { value, where } of readJsonl(file)) {
    const id = at(value, 'custom_id')
    if (typeof id !== 'string')
      throw new DatasetFormatError('expected a request with a custom_id, found another line', where)
    ids.push(id)
  }
  return ids
}
