import { unbrokenParts } from './unbroken.js'

/**
 * Counts tokens of o200k (GPT-4o and later, gpt-oss). Special tokens written out in a text count as its characters, as
 * tiktoken's `encode_ordinary` does.
 */
export async function loadO200k(): Promise<(text: string) => number> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
  const ordinary = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() }
  return (text) => unbrokenParts(text).reduce((sum, part) => sum + countTokens(part, ordinary), 0)
}
