/** Models that cut text into the same tokens; `other` is whatever has no vocabulary here. */
export type TokenFamily = 'o200k' | 'qwen3' | 'other'

/**
 * The family of a model, by its name as services and hubs write it: `openai/gpt-oss-120b`, `gpt-4.1-mini-2025-04-14`,
 * `Qwen/Qwen3-235B-A22B-Instruct-2507-tput`, or a fine-tuned model that still carries its base's name.
 *
 * OpenAI's models from GPT-4o on, and gpt-oss, share the vocabulary o200k; Qwen3.5 and later have another than Qwen3.
 *
 * @see https://github.com/openai/tiktoken/blob/main/tiktoken/model.py
 */
export function tokenFamilyOf(model: string): TokenFamily {
  const name = model.toLowerCase()
  if (O200K.test(name)) return 'o200k'
  return QWEN3.test(name) ? 'qwen3' : 'other'
}

const O200K = /(?:^|[^a-z0-9])(?:gpt-oss|gpt-4o|chatgpt-4o|gpt-4\.[15]|gpt-5|o[134])(?![a-z0-9])/
const QWEN3 = /(?:^|[^a-z0-9])qwen-?3(?!\.?[0-9])/
