/** A line of a JSONL file, as a value or as what is wrong with it. */
export type Line =
  | { readonly number: number; readonly text: string; readonly value: Readonly<Record<string, unknown>> }
  | { readonly number: number; readonly text: string; readonly problem: string }

/** The lines of a JSONL file that are not blank, numbered from 1, one at a time. */
export function* jsonLines(content: Uint8Array): Generator<Line> {
  let number = 0
  for (let start = 0; start < content.length; ) {
    const end = content.indexOf(0x0a, start)
    const text = Buffer.from(
      content.buffer,
      content.byteOffset + start,
      (end < 0 ? content.length : end) - start,
    ).toString('utf8')
    start = end < 0 ? content.length : end + 1
    number++
    if (text.trim() !== '') yield lineOf(number, text)
  }
}

function lineOf(number: number, text: string): Line {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { number, text, problem: 'is not valid JSON' }
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { number, text, problem: 'is not a JSON object' }
  return { number, text, value: value as Readonly<Record<string, unknown>> }
}

/** A value as an object, or undefined. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}
