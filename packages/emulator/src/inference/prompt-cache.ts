/** What a service remembers of prompts, as far as it shows in the usage. */
export interface PromptCache {
  /** Tokens of the prompt that were read before; from now on all of it was. */
  readonly read: (model: string, text: string, tokens: number) => number
}

/** OpenAI's documented rule: prompts of at least 1,024 tokens, in steps of 128. */
const LEAST_TOKENS = 1024
const STEP_TOKENS = 128
/** Characters that stand for the first 1,024 tokens. */
const PREFIX_CHARACTERS = 4096
const REMEMBERED = 5000

/** An empty cache: a prompt seen whole is cached in whole steps, one with a known beginning by its first 1,024 tokens. */
export function createPromptCache(): PromptCache {
  const seen = new Set<string>()
  const add = (key: string): void => {
    if (seen.size >= REMEMBERED) seen.delete(seen.values().next().value as string)
    seen.add(key)
  }
  return {
    read: (model, text, tokens) => {
      if (tokens < LEAST_TOKENS) return 0
      const whole = `${model} ${text}`
      const beginning = `${model} ${text.slice(0, PREFIX_CHARACTERS)}…`
      const cached = seen.has(whole)
        ? Math.floor(tokens / STEP_TOKENS) * STEP_TOKENS
        : seen.has(beginning)
          ? LEAST_TOKENS
          : 0
      add(whole)
      add(beginning)
      return cached
    },
  }
}
