import { createHash } from 'node:crypto'

/**
 * 52 bits of SHA-256 over texts and where they end; never 0. Among a million different ones, two are the same with chance
 * below 0.0002.
 */
export function textsKey(texts: readonly string[]): number {
  const hash = createHash('sha256')
  for (const text of texts) hash.update(`${text.length} ${text}`)
  const bytes = hash.digest()
  return bytes.readUIntBE(0, 6) * 16 + ((bytes[6] as number) & 15) + 1
}

/** Pairs of one example come one after another and share their prompt and preferred output. */
export function rememberingLast(read: (text: string) => string): (text: string) => string {
  let last = { text: '', normal: read('') }
  return (text) => {
    if (last.text !== text) last = { text, normal: read(text) }
    return last.normal
  }
}
