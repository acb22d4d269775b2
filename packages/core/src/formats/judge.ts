import { digest } from '../digest.js'
import type { Asking } from './asking.js'
import type { Mode } from './presentation.js'

export const PROVIDERS = ['local', 'replay', 'openai', 'together', 'openai-compatible', 'together-evals'] as const
/** Where a judge's answers come from. */
export type Provider = (typeof PROVIDERS)[number]

export const APIS = ['chat', 'responses'] as const
/** Which of a service's ways in is used: chat completions, or OpenAI's responses. */
export type Api = (typeof APIS)[number]

/** What makes a judge this judge: change any of it and it is another one. */
export interface JudgeSpec {
  readonly provider: Provider
  readonly model: string
  readonly mode: Mode
  /** Where the model is reached, where that is not the provider's own address. */
  readonly baseUrl?: string | undefined
  readonly api?: Api | undefined
  /** How it is asked; absent where the provider takes no prompt. */
  readonly asking?: Asking | undefined
  /** The judging prompt's text in full; absent where the provider takes none. */
  readonly prompt?: string | undefined
  /** Digest of the solved examples that are shown first; absent where there are none. */
  readonly shots?: string | undefined
  /** Sampling and provider settings: temperature, token limit, seed, tie margin … */
  readonly settings: Readonly<Record<string, string | number | boolean>>
  /** Digest of the weights or recorded verdicts behind the model, where they are ours to know. */
  readonly weights?: string | undefined
  /** Digest of the code that answers, for a judge that runs in this process: changed code is another judge. */
  readonly code?: string | undefined
}

/** A judge's id: the first 16 hexadecimal digits of the digest of its spec. */
export function judgeId(spec: JudgeSpec): string {
  return digest(spec).slice(0, 16)
}
