import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { DatasetFormatError } from '../errors.js'
import type { Where } from '../formats/parse.js'
import type { Steps } from '../steps.js'

/** One line of a JSONL file: its parsed value and where it stands. */
export interface JsonlLine {
  readonly value: unknown
  readonly where: Where & { readonly line: number }
}

/**
 * The lines of a JSONL file, one at a time, in constant memory. Lines end in `\n` only (texts may hold U+2028 and other
 * odd characters); a `\r` before it, a byte order mark at the start and blank lines are skipped. Blank lines count.
 *
 * @param end read only the first `end` bytes; defaults to the whole file
 * @throws {DatasetFormatError} if the file can't be read, and at the first line that is not JSON or not UTF-8
 */
export async function* readJsonl(file: string, end?: number): AsyncGenerator<JsonlLine> {
  if (end === 0) return
  let line = 0
  for await (const bytes of linesOf(file, end)) {
    line++
    const text = textOf(bytes, { file, line })
    const trimmed = (line === 1 ? text.replace(/^\uFEFF/, '') : text).replace(/^[ \t\r]+|[ \t\r]+$/g, '')
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

/** Values as JSONL text, one a line, each ended by a newline. For many of them, `saveJsonl`: a text has an end, at 512 MB. */
export function toJsonl(values: Iterable<unknown>): string {
  let text = ''
  for (const value of values) text += `${JSON.stringify(value)}\n`
  return text
}

/** SHA-256 of what `toJsonl` gives, as 64 hexadecimal digits, without holding it all. */
export function* jsonlDigestSteps(values: Iterable<unknown>): Steps<string> {
  const hash = createHash('sha256')
  for (const { text } of jsonlPieces(values)) {
    hash.update(text)
    yield
  }
  return hash.digest('hex')
}

/** Characters of whole lines that are held at once, at least. */
const PIECE = 1 << 20

/** What `toJsonl` gives, in pieces of whole lines. */
export function* jsonlPieces(values: Iterable<unknown>): Generator<{ readonly text: string; readonly lines: number }> {
  let text = ''
  let lines = 0
  for (const value of values) {
    text += `${JSON.stringify(value)}\n`
    lines++
    if (text.length < PIECE) continue
    yield { text, lines }
    text = ''
    lines = 0
  }
  if (lines > 0) yield { text, lines }
}

/** Damaged bytes must not turn into replacement characters, which nobody would notice. */
function textOf(bytes: Buffer, where: Where): string {
  if (!isUtf8(bytes)) throw new DatasetFormatError('expected UTF-8 text, found bytes that are not', where)
  return bytes.toString('utf8')
}

async function* linesOf(file: string, end: number | undefined): AsyncGenerator<Buffer> {
  let rest: Buffer[] = []
  for await (const chunk of chunksOf(file, end)) {
    let start = 0
    for (let at = chunk.indexOf(0x0a); at >= 0; at = chunk.indexOf(0x0a, start)) {
      const tail = chunk.subarray(start, at)
      yield rest.length === 0 ? tail : Buffer.concat([...rest, tail])
      rest = []
      start = at + 1
    }
    if (start < chunk.length) rest.push(chunk.subarray(start))
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}

async function* chunksOf(file: string, end: number | undefined): AsyncGenerator<Buffer> {
  const options = { highWaterMark: 1 << 20, ...(end === undefined ? {} : { end: end - 1 }) }
  try {
    for await (const chunk of createReadStream(file, options)) yield chunk as Buffer
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatasetFormatError(`expected a readable file of lines, found none (${reason})`, { file }, { cause })
  }
}
