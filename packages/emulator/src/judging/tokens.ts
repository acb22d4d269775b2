import { remember } from './remember.js'

/** Counts and cuts texts in tokens. */
export interface Tokens {
  readonly count: (text: string) => number
  /** The text of each token, which together are the text. */
  readonly split: (text: string) => readonly string[]
  /** The id of a token's text. */
  readonly idOf: (token: string) => number
}

/** Loads the o200k tokenizer, which all models here share whatever theirs is. It takes half a second and 80 MB. */
export async function loadTokens(): Promise<Tokens> {
  const { countTokens, decode, encode } = await import('gpt-tokenizer/encoding/o200k_base')
  const countOf = remember(20_000, (text) => countTokens(text, { disallowedSpecial: new Set() }))
  const encoded = (text: string): number[] => encode(text, { disallowedSpecial: new Set() })
  return {
    count: (text) => text.split(/(?<=>>>\n)|(?=\n<<<)/).reduce((sum, part) => sum + countOf(part), 0),
    split: (text) => pieces(text, encoded(text), decode),
    idOf: (token) => encoded(token)[0] ?? 0,
  }
}

/** Tokens as texts. A character of several tokens goes to the last of them. */
function pieces(text: string, ids: readonly number[], decode: (ids: number[]) => string): string[] {
  const parts: string[] = []
  let open: number[] = []
  let at = 0
  for (const id of ids) {
    open.push(id)
    const part = decode(open)
    if (!text.startsWith(part, at)) {
      parts.push('')
      continue
    }
    parts.push(part)
    at += part.length
    open = []
  }
  return parts
}
