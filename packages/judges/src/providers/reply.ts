import type { FailureReason, Usage } from '@judgelab/core'
import type { TokenLogprob } from '../modes/read-logprobs.js'

/** What a reply holds, whatever the way in. */
export interface ReplyParts {
  /** The answer's text, without reasoning. */
  readonly text: string
  readonly reasoning?: string | undefined
  readonly usage?: Usage | undefined
  /** Why the text is no whole answer. */
  readonly failure?: { readonly reason: FailureReason; readonly detail: string } | undefined
  /** What the first token of the text was and might have been; absent where the service did not say. */
  readonly firstTokenTop?: readonly TokenLogprob[] | undefined
}

/** A field of something that should be an object. */
export function at(held: unknown, name: string): unknown {
  return held !== null && typeof held === 'object' ? (held as Record<string, unknown>)[name] : undefined
}

export function textAt(held: unknown, name: string): string | undefined {
  const value = at(held, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function listAt(held: unknown, name: string): readonly unknown[] {
  const value = at(held, name)
  return Array.isArray(value) ? value : []
}

/** A count of tokens; undefined for what is none. */
export function countAt(held: unknown, name: string): number | undefined {
  const value = at(held, name)
  return Number.isInteger(value) && (value as number) >= 0 ? (value as number) : undefined
}

/** Tokens as the judgment log has them; undefined where the service did not count. */
export function usageOf(counts: { readonly [field in keyof Usage]: number | undefined }): Usage | undefined {
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = counts
  if (inputTokens === undefined || outputTokens === undefined) return undefined
  return {
    inputTokens,
    outputTokens,
    ...(cachedInputTokens === undefined ? {} : { cachedInputTokens: Math.min(cachedInputTokens, inputTokens) }),
    ...(reasoningTokens === undefined ? {} : { reasoningTokens: Math.min(reasoningTokens, outputTokens) }),
  }
}

/** Candidates for a token, `{token, logprob}` each. */
export function candidates(list: readonly unknown[]): readonly TokenLogprob[] {
  return list.flatMap((entry) => {
    const token = at(entry, 'token')
    const logprob = at(entry, 'logprob')
    return typeof token === 'string' && typeof logprob === 'number' ? [{ token, logprob }] : []
  })
}

/**
 * What a service refused because of its content filter, as an answer: Azure and OpenAI say so with status 400, OpenRouter
 * with status 403 and the filter's reasons. Undefined for every other body.
 */
export function filteredParts(body: unknown): ReplyParts | undefined {
  const error = at(body, 'error')
  const code = at(error, 'code')
  const isFlagged = Array.isArray(at(at(error, 'metadata'), 'reasons'))
  if (code !== 'content_filter' && code !== 'invalid_prompt' && !isFlagged) return undefined
  return { text: '', failure: { reason: 'content-filter', detail: textAt(error, 'message') ?? String(code) } }
}
