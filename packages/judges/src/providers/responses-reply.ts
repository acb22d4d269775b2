import { at, candidates, countAt, listAt, type ReplyParts, textAt, usageOf } from './reply.js'

/** What a reply of the responses API holds: messages and, as items of their own, summaries of the reasoning. */
export function responsesParts(body: unknown): ReplyParts {
  const output = listAt(body, 'output')
  const content = output.filter((item) => at(item, 'type') === 'message').flatMap((item) => listAt(item, 'content'))
  const texts = content.filter((part) => at(part, 'type') === 'output_text')
  const text = texts.map((part) => textAt(part, 'text') ?? '').join('')
  const refusal = content.flatMap((part) => textAt(part, 'refusal') ?? []).join('\n')
  const usage = responsesUsage(at(body, 'usage'))
  const [first] = texts.flatMap((part) => listAt(part, 'logprobs'))
  return {
    text,
    reasoning: reasoningOf(output),
    usage,
    firstTokenTop: first === undefined ? undefined : candidates([...listAt(first, 'top_logprobs'), first]),
    failure: failureOf(body, text, refusal, usage?.outputTokens),
  }
}

function failureOf(
  body: unknown,
  text: string,
  refusal: string,
  outputTokens: number | undefined,
): ReplyParts['failure'] {
  const why = at(at(body, 'incomplete_details'), 'reason')
  if (why === 'content_filter') return { reason: 'content-filter', detail: "the service's filter stopped the answer" }
  if (refusal !== '') return { reason: 'refused', detail: refusal }
  if (why === 'max_output_tokens')
    return { reason: 'length', detail: `cut after ${outputTokens ?? 'an unknown number of'} tokens` }
  if (at(body, 'status') === 'incomplete')
    return { reason: 'length', detail: `incomplete: ${why ?? 'no reason given'}` }
  return text.trim() === '' ? { reason: 'unparsed', detail: 'the answer is empty' } : undefined
}

function reasoningOf(output: readonly unknown[]): string | undefined {
  const items = output.filter((item) => at(item, 'type') === 'reasoning')
  const parts = items.flatMap((item) => [...listAt(item, 'summary'), ...listAt(item, 'content')])
  const texts = parts.flatMap((part) => textAt(part, 'text') ?? [])
  return texts.length === 0 ? undefined : texts.join('\n\n')
}

function responsesUsage(usage: unknown): ReplyParts['usage'] {
  return usageOf({
    inputTokens: countAt(usage, 'input_tokens'),
    outputTokens: countAt(usage, 'output_tokens'),
    cachedInputTokens: countAt(at(usage, 'input_tokens_details'), 'cached_tokens'),
    reasoningTokens: countAt(at(usage, 'output_tokens_details'), 'reasoning_tokens'),
  })
}
