import { type Api, ConfigError, type Decision, type Provider, type StudyJudge, suggestion } from '@judgelab/core'
import type { ModelFacts } from './model-facts.js'
import { refusedParameters, thinks } from './thinking.js'

/** Settings of a judge behind a service, checked, with the defaults that apply and without what the model refuses. */
export interface ServiceSettings {
  readonly temperature?: number
  readonly topP?: number
  readonly maxTokens: number
  readonly seed?: number
  readonly frequencyPenalty?: number
  readonly presencePenalty?: number
  readonly reasoningEffort?: string
  readonly reasoningSummary?: string
  readonly verbosity?: string
  readonly topLogprobs?: number
  readonly topK?: number
  readonly minP?: number
  readonly repetitionPenalty?: number
  readonly thinking?: boolean
  readonly maxTokensField?: string
  readonly keyHeader?: string
  readonly apiVersion?: string
}

/** Where a setting goes: a judge's provider and which of its ways in. */
export interface Way {
  readonly provider: Provider
  readonly api: Api
}

/** One setting: where it is known, what it may be, and the request parameter that it becomes. */
interface Setting {
  readonly isKnown: (way: Way) => boolean
  readonly expected: string
  readonly isRight: (value: unknown) => boolean
  readonly parameter?: string
}

const anywhere = (): boolean => true
const chatOnly = ({ api }: Way): boolean => api === 'chat'
const responsesOnly = ({ api }: Way): boolean => api === 'responses'
const openModels = ({ provider, api }: Way): boolean => provider !== 'openai' && api === 'chat'
const ownServer = ({ provider }: Way): boolean => provider === 'openai-compatible'

const within = (min: number, max: number) => ({
  expected: `a number from ${min} to ${max}`,
  isRight: (value: unknown) => typeof value === 'number' && value >= min && value <= max,
})
const whole = (min: number, max: number = Number.MAX_SAFE_INTEGER) => ({
  expected: max === Number.MAX_SAFE_INTEGER ? `an integer of at least ${min}` : `an integer from ${min} to ${max}`,
  isRight: (value: unknown) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
})
const oneOf = (...values: readonly string[]) => ({
  expected: `one of ${values.join(', ')}`,
  isRight: (value: unknown) => values.some((known) => known === value),
})

const SETTINGS: Readonly<Record<keyof ServiceSettings, Setting>> = {
  temperature: {
    isKnown: anywhere,
    expected: 'a number from 0 to 2, or false to leave it to the service',
    isRight: (value) => value === false || within(0, 2).isRight(value),
    parameter: 'temperature',
  },
  topP: { isKnown: anywhere, ...within(0, 1), parameter: 'top_p' },
  maxTokens: { isKnown: anywhere, ...whole(1) },
  seed: { isKnown: chatOnly, ...whole(0), parameter: 'seed' },
  frequencyPenalty: { isKnown: chatOnly, ...within(-2, 2), parameter: 'frequency_penalty' },
  presencePenalty: { isKnown: chatOnly, ...within(-2, 2), parameter: 'presence_penalty' },
  reasoningEffort: {
    isKnown: anywhere,
    ...oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
    parameter: 'reasoning_effort',
  },
  reasoningSummary: { isKnown: responsesOnly, ...oneOf('auto', 'concise', 'detailed') },
  verbosity: {
    isKnown: ({ provider }) => provider === 'openai',
    ...oneOf('low', 'medium', 'high'),
    parameter: 'verbosity',
  },
  topLogprobs: { isKnown: anywhere, ...whole(2, 20), parameter: 'top_logprobs' },
  topK: { isKnown: openModels, ...whole(1), parameter: 'top_k' },
  minP: { isKnown: openModels, ...within(0, 1), parameter: 'min_p' },
  repetitionPenalty: { isKnown: openModels, ...within(0, 2), parameter: 'repetition_penalty' },
  thinking: {
    isKnown: openModels,
    expected: 'true or false',
    isRight: (value) => typeof value === 'boolean',
  },
  maxTokensField: { isKnown: ownServer, ...oneOf('max_tokens', 'max_completion_tokens') },
  keyHeader: { isKnown: ownServer, ...oneOf('authorization', 'api-key') },
  apiVersion: {
    isKnown: ownServer,
    expected: 'a version, as 2024-10-21',
    isRight: (value) => typeof value === 'string' && /^[\w.-]+$/.test(value),
  },
}

/**
 * A judge's settings, ready to be sent: temperature 0 where nothing is said, a token limit that suits decision and
 * model, and nothing that the model's service rejects.
 *
 * @throws {ConfigError} for a setting that the provider does not have, with the nearest that it has, or a value that it may
 *   not take
 */
export function serviceSettings(
  { name, settings }: Pick<StudyJudge, 'name' | 'settings'>,
  way: Way,
  facts: ModelFacts,
  decision: Decision,
): ServiceSettings {
  const known = settingNames(way)
  for (const [key, value] of Object.entries(settings)) {
    const path = `judges.${name}.settings.${key}`
    if (!known.includes(key))
      throw new ConfigError(
        `expected a setting of ${way.provider} (${known.join(', ')}), found "${key}"${suggestion(key, known)}`,
        path,
      )
    const { expected, isRight } = SETTINGS[key as keyof ServiceSettings]
    if (!isRight(value)) throw new ConfigError(`expected ${expected}, found ${JSON.stringify(value)}`, path)
  }
  checkEffort(name, settings.reasoningEffort, facts)
  const effort = settings.reasoningEffort ?? facts.entry?.efforts?.value[0]
  const all: StudyJudge['settings'] = {
    temperature: 0,
    maxTokens: defaultMaxTokens(decision, thinks(facts, settings), effort),
    ...(effort === undefined ? {} : { reasoningEffort: effort }),
    ...(decision === 'logprobs' ? { topLogprobs: 20 } : {}),
    ...settings,
  }
  const refused = refusedParameters(facts, settings, way.provider)
  return Object.fromEntries(
    Object.entries(all).filter(([key, value]) => {
      const { parameter } = SETTINGS[key as keyof ServiceSettings]
      return (key === 'thinking' || value !== false) && !(parameter !== undefined && refused.includes(parameter))
    }),
  ) as unknown as ServiceSettings
}

/** The settings that a provider has. */
export function settingNames(way: Way): readonly string[] {
  return Object.entries(SETTINGS).flatMap(([key, { isKnown }]) => (isKnown(way) ? [key] : []))
}

function checkEffort(name: string, effort: StudyJudge['settings'][string] | undefined, { entry }: ModelFacts): void {
  const efforts = entry?.efforts?.value
  if (effort === undefined || efforts === undefined || efforts.includes(String(effort))) return
  throw new ConfigError(
    `expected a reasoning effort that ${entry?.label} takes (${efforts.join(', ')}), found "${effort}"${suggestion(String(effort), efforts)}`,
    `judges.${name}.settings.reasoningEffort`,
  )
}

/**
 * The longest answer where nothing is said, in tokens. A limit costs nothing where it is not reached; one that is
 * reached costs the verdict.
 */
function defaultMaxTokens(
  decision: Decision,
  isThinking: boolean | undefined,
  effort: StudyJudge['settings'][string] | undefined,
): number {
  if (isThinking === true) return effort === 'high' || effort === 'xhigh' || effort === 'max' ? 32_768 : 16_384
  if (decision === 'logprobs') return 16
  return isThinking === false ? 2048 : 4096
}
