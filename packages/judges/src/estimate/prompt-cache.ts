import type { Message, Tokenizer } from '@judgelab/core'

/** OpenAI keeps prefixes of at least 1,024 tokens, in steps of 128. @see https://platform.openai.com/docs/guides/prompt-caching */
const LEAST = 1024
const STEP = 128

/** Tokens that all prompts begin with and that a service may keep in its prompt cache; 0 where they are too few. */
export function promptCacheTokens(prompts: readonly (readonly Message[])[], { count }: Tokenizer): number {
  const texts = prompts.map((messages) => messages.map(({ role, content }) => `${role}\n${content}`).join('\n'))
  const [first, ...others] = texts
  if (first === undefined || others.length === 0) return 0
  const common = others.reduce((length, text) => commonLength(first, text, length), first.length)
  const tokens = count(first.slice(0, common))
  return tokens < LEAST ? 0 : tokens - (tokens % STEP)
}

function commonLength(a: string, b: string, atMost: number): number {
  let length = 0
  while (length < atMost && length < b.length && a[length] === b[length]) length++
  return length
}
