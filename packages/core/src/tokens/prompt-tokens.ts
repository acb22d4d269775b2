import type { Message, Prompt } from '../formats/message.js'
import type { TokenFamily } from './token-family.js'
import type { Tokenizer } from './tokenizer.js'

/** What a chat template adds: tokens around each message beside its role and text, and tokens that open the answer. */
interface Framing {
  readonly message: number
  readonly answer: number
}

/**
 * o200k: `<|start|>role<|message|>text<|end|>` and `<|start|>assistant`; qwen3: `<|im_start|>role\ntext<|im_end|>\n` and
 * `<|im_start|>assistant\n`. gpt-oss also adds a system message of its own, about 60 tokens, which is not counted here.
 *
 * @see https://developers.openai.com/cookbook/articles/openai-harmony
 */
const FRAMING: Record<TokenFamily, Framing> = {
  o200k: { message: 3, answer: 2 },
  qwen3: { message: 4, answer: 3 },
  other: { message: 4, answer: 3 },
}

/** Tokens of a prompt as a chat: its texts, roles and the template's own marks, up to where the answer begins. */
export function promptTokens({ count, family }: Tokenizer, prompt: Prompt): number {
  const messages: readonly Message[] = typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt
  const { message, answer } = FRAMING[family]
  return messages.reduce((sum, { role, content }) => sum + message + count(role) + count(content), answer)
}
