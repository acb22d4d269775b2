import { isAscii, isUtf8 } from 'node:buffer'
import { DatasetFormatError } from '@judgelab/core'
import { fileChunks, type OnBytes } from './file-chunks.js'
import type { Row, RowBatch } from './row.js'

const NEWLINE = 0x0a
/** Longer lines are no lines: somebody wrote the whole file as one. */
const MAX_LINE_BYTES = 1 << 28

/**
 * The rows of a JSONL file, about a megabyte at a time. Lines end in `\n` only; a `\r` before it, a byte order mark at
 * the start and blank lines are skipped, and blank lines count. A line that is not UTF-8 or not JSON is a row with a
 * problem.
 *
 * @throws {DatasetFormatError} if the file cannot be read, or a line is longer than 256 MB
 */
export async function* readJsonlRows(file: string, onBytes?: OnBytes): AsyncGenerator<RowBatch> {
  let line = 1
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const chunk of fileChunks(file, onBytes)) {
    const end = chunk.lastIndexOf(NEWLINE)
    if (end < 0) {
      rest.push(Buffer.from(chunk))
      restBytes += chunk.length
      if (restBytes > MAX_LINE_BYTES)
        throw new DatasetFormatError(
          `expected lines of at most ${MAX_LINE_BYTES} bytes, found a longer one: is this file JSONL, one object a line?`,
          { file, line },
        )
      continue
    }
    const whole = chunk.subarray(0, end)
    const { batch, lines } = rowsOf(rest.length === 0 ? whole : Buffer.concat([...rest, whole]), line)
    const tail = chunk.subarray(end + 1)
    rest = tail.length === 0 ? [] : [Buffer.from(tail)]
    restBytes = tail.length
    yield batch
    line += lines
  }
  if (restBytes > 0) yield rowsOf(Buffer.concat(rest), line).batch
}

/** The rows of a block of whole lines (without the last newline), and how many lines it has. */
function rowsOf(block: Buffer, firstLine: number): { batch: RowBatch; lines: number } {
  const start = firstLine === 1 && block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf ? 3 : 0
  const batch: Row[] = []
  let line = firstLine
  if (isAscii(block)) {
    // One decoding for all lines.
    const text = block.toString('latin1', start)
    for (let from = 0; from <= text.length; line++) {
      const newline = text.indexOf('\n', from)
      const to = newline < 0 ? text.length : newline
      addRow(batch, text.slice(from, to), line)
      from = to + 1
    }
    return { batch, lines: line - firstLine }
  }
  // Line by line: one wide character would make the whole block wide, and slow to parse.
  const isSound = isUtf8(block)
  for (let from = start; from <= block.length; line++) {
    const newline = block.indexOf(NEWLINE, from)
    const to = newline < 0 ? block.length : newline
    if (isSound || isUtf8(block.subarray(from, to))) addRow(batch, block.toString('utf8', from, to), line)
    else batch.push({ at: line, problem: 'expected UTF-8 text, found bytes that are not' })
    from = to + 1
  }
  return { batch, lines: line - firstLine }
}

function addRow(batch: Row[], text: string, at: number): void {
  try {
    batch.push({ at, value: JSON.parse(text) as unknown })
  } catch (cause) {
    if (/^[ \t\r]*$/.test(text)) return
    const reason = cause instanceof Error ? cause.message : String(cause)
    batch.push({ at, problem: `expected JSON, found ${JSON.stringify(text.slice(0, 40))} (${reason})` })
  }
}
