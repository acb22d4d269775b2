import { createReadStream } from 'node:fs'
import { DatasetFormatError } from '../errors.js'
import type { Where } from '../formats/parse.js'

/** One line of a JSONL file: its parsed value and where it stands. */
export interface JsonlLine {
  readonly value: unknown
  readonly where: Where & { readonly line: number }
}

/**
 * The lines of a JSONL file, one at a time, in constant memory. Lines end in `\n` only (texts may hold U+2028 and other
 * odd characters); a `\r` before it, a byte order mark at the start and blank lines are skipped.
 *
 * @param end read only the first `end` bytes; defaults to the whole file
 * @throws {DatasetFormatError} at the first line that is not JSON
 */
export async function* readJsonl(file: string, end?: number): AsyncGenerator<JsonlLine> {
  if (end === 0) return
  let line = 0
  for await (const text of linesOf(file, end)) {
    line++
    const trimmed = (line === 1 ? text.replace(/^\uFEFF/, '') : text).trim()
    if (trimmed === '') continue
    yield { value: parseJson(trimmed, { file, line }), where: { file, line } }
  }
}

/** A text as JSON. @throws {DatasetFormatError} that keeps the parser's own message */
export function parseJson(text: string, where: Where): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatasetFormatError(`expected JSON, found ${JSON.stringify(text.slice(0, 40))} (${reason})`, where, {
      cause,
    })
  }
}

/** Values as JSONL text, one a line, ended by a newline. */
export function toJsonl(values: Iterable<unknown>): string {
  let text = ''
  for (const value of values) text += `${JSON.stringify(value)}\n`
  return text
}

async function* linesOf(file: string, end: number | undefined): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(file, {
    encoding: 'utf8',
    highWaterMark: 1 << 20,
    ...(end === undefined ? {} : { end: end - 1 }),
  })) {
    const lines = (rest + (chunk as string)).split('\n')
    rest = lines.pop() as string
    yield* lines
  }
  if (rest !== '') yield rest
}
