import type { Message } from '@judgelab/core'
import type { ServiceRequest } from '../judge.js'

/** What a chat template adds around a message and before the answer, and a system message of its own, at the most. */
const TOKENS_PER_MESSAGE = 16
const TOKENS_OF_TEMPLATE = 256

/**
 * The most tokens that a request can use. A byte-level vocabulary makes no more tokens of a text than it has UTF-8 bytes;
 * English has about four bytes a token, so that this is about four times the true number, and costs no tokenizer.
 *
 * @param formBytes of the JSON schema that the answer is held to; 0 where there is none
 */
export function atMost(messages: readonly Message[], formBytes: number, maxTokens: number): ServiceRequest['atMost'] {
  const texts = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + TOKENS_PER_MESSAGE, 0)
  return { inputTokens: texts + formBytes + TOKENS_OF_TEMPLATE, outputTokens: maxTokens }
}
