import type { TokenLogprob } from '../modes/read-logprobs.js'
import { at, candidates, countAt, listAt, type ReplyParts, textAt, usageOf } from './reply.js'

/** What a chat completion holds. Reasoning is in a field of its own, or between `<think>` and `</think>` before the text. */
export function chatParts(body: unknown): ReplyParts {
  const [choice] = listAt(body, 'choices')
  const usage = chatUsage(at(body, 'usage'))
  if (choice === undefined)
    return { text: '', usage, failure: { reason: 'unparsed', detail: 'the reply has no choices' } }
  const message = at(choice, 'message')
  const { text, thought } = apart(textAt(message, 'content') ?? '')
  const reasoning = textAt(message, 'reasoning') ?? textAt(message, 'reasoning_content') ?? thought
  const firstTokenTop = topOf(at(choice, 'logprobs'))
  return { text, reasoning, usage, firstTokenTop, failure: failureOf(choice, message, text, usage?.outputTokens) }
}

function failureOf(
  choice: unknown,
  message: unknown,
  text: string,
  outputTokens: number | undefined,
): ReplyParts['failure'] {
  const finish = at(choice, 'finish_reason')
  const refusal = textAt(message, 'refusal')
  if (finish === 'content_filter')
    return { reason: 'content-filter', detail: "the service's filter stopped the answer" }
  if (refusal !== undefined) return { reason: 'refused', detail: refusal }
  if (finish === 'length')
    return { reason: 'length', detail: `cut after ${outputTokens ?? 'an unknown number of'} tokens` }
  if (text.trim() === '') return { reason: 'unparsed', detail: 'the answer is empty' }
  return undefined
}

/**
 * Text and reasoning apart, where a server leaves both in one text: between `<think>` and `</think>`, or, where the chat
 * template has opened it in the prompt, before a line that is `</think>`. (JSON has no such line inside a text.)
 */
function apart(content: string): { readonly text: string; readonly thought?: string | undefined } {
  const opened = /^\s*<think>/.exec(content)?.[0]
  const end = opened === undefined ? content.search(/^<\/think>$/m) : content.indexOf('</think>')
  if (opened === undefined && end < 0) return { text: content }
  const thought = content.slice(opened?.length ?? 0, end < 0 ? undefined : end).trim()
  return { text: end < 0 ? '' : content.slice(end + '</think>'.length).trimStart(), thought }
}

function chatUsage(usage: unknown): ReplyParts['usage'] {
  const prompt = at(usage, 'prompt_tokens_details')
  const completion = at(usage, 'completion_tokens_details')
  return usageOf({
    inputTokens: countAt(usage, 'prompt_tokens'),
    outputTokens: countAt(usage, 'completion_tokens'),
    cachedInputTokens: countAt(prompt, 'cached_tokens') ?? countAt(usage, 'cached_tokens'),
    reasoningTokens: countAt(completion, 'reasoning_tokens') ?? countAt(usage, 'reasoning_tokens'),
  })
}

/**
 * OpenAI lists candidates for each token under `content`; Together has `tokens`, `token_logprobs` and `top_logprobs`, one
 * object from token to number, or a list of them.
 */
function topOf(logprobs: unknown): readonly TokenLogprob[] | undefined {
  const [first] = listAt(logprobs, 'content')
  if (first !== undefined) return candidates([...listAt(first, 'top_logprobs'), first])
  const top = at(logprobs, 'top_logprobs')
  const listed = Object.entries(((Array.isArray(top) ? top[0] : top) ?? {}) as Record<string, unknown>)
  const [token] = listAt(logprobs, 'tokens')
  const [logprob] = listAt(logprobs, 'token_logprobs')
  const all = candidates([...listed.map(([name, value]) => ({ token: name, logprob: value })), { token, logprob }])
  return all.length === 0 ? undefined : all
}
