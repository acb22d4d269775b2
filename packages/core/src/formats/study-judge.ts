import type { Decision } from './asking.js'
import type { Api, Provider } from './judge.js'
import type { Mode } from './presentation.js'
import type { TokenPrices } from './prices.js'
import type { ProblemPolicy } from './study.js'

export const LOCAL_MODELS = ['linear', 'longer', 'shorter', 'first', 'random'] as const
/** The judges of provider local: the log-linear policy, and four that know nothing. */
export type LocalModel = (typeof LOCAL_MODELS)[number]

export const RECORDED_FORMATS = ['llmbar', 'judgebench', 'together-eval'] as const
/** Whose layout a file of recorded verdicts has. */
export type RecordedFormat = (typeof RECORDED_FORMATS)[number]

export const CONSISTENCIES = ['majority', 'mean'] as const
/** How repeats of one presentation combine: the most frequent answer, or the mean of probabilities and ratings. */
export type Consistency = (typeof CONSISTENCIES)[number]

export const ENGINES = ['online', 'batch', 'vllm'] as const
/**
 * How a model behind a service is called: one call each; many in a file that the service answers when it has time; or many
 * in a file that `vllm run-batch` answers, on machines of one's own, when somebody starts it there.
 */
export type Engine = (typeof ENGINES)[number]

/** What a service may be asked for at once; what is absent is unlimited, or the provider's default. */
export interface JudgeLimits {
  /** Calls under way at once, at the most. */
  readonly concurrency?: number | undefined
  readonly requestsPerMinute?: number | undefined
  readonly tokensPerMinute?: number | undefined
  /** Of one attempt. */
  readonly timeoutSeconds?: number | undefined
  /** Engine batch: prompt tokens that the unfinished batches of the model may have together. */
  readonly enqueuedTokens?: number | undefined
}

/** One judge of a study. */
export interface StudyJudge {
  /** How the study's tables and its other parts call it. */
  readonly name: string
  readonly label: string
  readonly provider: Provider
  readonly model: string
  readonly mode: Mode
  /** Recorded verdicts, for provider replay. */
  readonly path?: string | undefined
  /** The layout of the recorded verdicts; defaults to llmbar. */
  readonly format?: RecordedFormat | undefined
  /** What becomes of recorded rows that cannot be used; defaults to strict. */
  readonly problems?: ProblemPolicy | undefined
  /** A null baseline: shown as such, never compared as a contender. */
  readonly control: boolean
  /** Sampling and provider settings: temperature, maxTokens, seed, reasoningEffort … */
  readonly settings: Readonly<Record<string, string | number | boolean>>
  /** A prompt of prompts/ by name, or a file by its path; defaults to the mode's own. */
  readonly prompt?: string | undefined
  /** Defaults to structured where the model takes schemas, else label. */
  readonly decision?: Decision | undefined
  /** Defaults to true. */
  readonly allowTie?: boolean | undefined
  readonly askStrength?: boolean | undefined
  /** Of mode rating; defaults to 1 to 10. */
  readonly scale?: { readonly min: number; readonly max: number } | undefined
  /** Of mode classify, best first; defaults to helpful, unhelpful. */
  readonly classes?: readonly string[] | undefined
  readonly blind?: boolean | undefined
  /** A dotted path into an example's metadata. */
  readonly reference?: string | undefined
  /** By subset; `*` for the others. */
  readonly criteria?: Readonly<Record<string, string>> | undefined
  /** Solved examples of the training side to show before the question. */
  readonly shots?: number | undefined
  /** With decision logprobs: how near two probabilities must be to be a tie, in [0, 1]. */
  readonly tieBand?: number | undefined
  /** How often each presentation is asked; the answers combine by `consistency`. */
  readonly repeats: number
  readonly consistency: Consistency
  /** 1: the whole run is made a second time, to see how many verdicts flip by themselves. */
  readonly repeat: 0 | 1
  readonly baseUrl?: string | undefined
  /** The environment variable that holds the key; defaults to the provider's own. */
  readonly keyEnv?: string | undefined
  /** Defaults to chat. */
  readonly api?: Api | undefined
  /** USD for a million tokens; defaults to what the model registry says. */
  readonly prices?: TokenPrices | undefined
  readonly limits: JudgeLimits
  readonly engine: Engine
}

/**
 * What tuning must beat at equal cost: a judge of the study, untuned and asked another way. What is not said is as for that
 * judge.
 */
export interface StudyControl {
  readonly name: string
  readonly label: string
  /** The judge of the study that is asked another way. */
  readonly of: string
  /** More answers that combine: self-consistency. */
  readonly repeats?: number | undefined
  readonly consistency?: Consistency | undefined
  /** What to look for, by subset. */
  readonly criteria?: Readonly<Record<string, string>> | undefined
  /** Solved examples of the training side. */
  readonly shots?: number | undefined
  readonly prompt?: string | undefined
  readonly settings?: StudyJudge['settings'] | undefined
}

export const VOTES = ['majority', 'weighted'] as const
/** How a panel decides. */
export type Vote = (typeof VOTES)[number]

/** Several judges of the study that decide together; nothing is asked for it that they were not asked. */
export interface StudyPanel {
  readonly name: string
  readonly label: string
  /** Names of judges; their verdicts are the votes. */
  readonly members: readonly string[]
  readonly vote: Vote
  /** Of `weighted`: one a member, above 0. */
  readonly weights?: readonly number[] | undefined
}
