import type { Fault } from '../faults/fault-options.js'
import { uniformDraw } from '../judging/draws.js'
import { readInstruction } from '../judging/read-instruction.js'
import { readJudgingPrompt } from '../judging/read-prompt.js'
import {
  type AnswerSchema,
  type Label,
  schemaFor,
  type Written,
  writeAnswer,
  writeJson,
} from '../judging/write-answer.js'
import type { ModelProfile } from '../models/model-profile.js'
import type { Services } from '../services.js'

export type Effort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh'

/** One message of a conversation, as text. */
export interface Turn {
  readonly role: string
  readonly text: string
}

/** What is asked of a model, whichever endpoint it came through. */
export interface Asked {
  readonly model: string
  readonly profile: ModelProfile
  readonly turns: readonly Turn[]
  /** JSON with a schema, JSON without one, or text. */
  readonly format: { readonly schema: AnswerSchema | undefined } | 'text'
  /** Of reasoning and answer together. */
  readonly maxTokens: number | undefined
  readonly temperature: number
  readonly effort: Effort
  /** Seed, repeat and place among several choices. */
  readonly variation: string
  readonly fault: Fault | undefined
}

/** What a model gives. */
export interface Generated {
  readonly ending: 'stop' | 'length' | 'content-filter' | 'refusal'
  readonly text: string
  readonly tokens: readonly string[]
  readonly label: Label | undefined
  /** Empty for a model that does not think. */
  readonly reasoning: string
  readonly usage: {
    readonly prompt: number
    readonly cached: number
    /** With the reasoning. */
    readonly completion: number
    readonly reasoning: number
  }
}

/** Nats of chance at temperature 1. */
const SAMPLING_NATS = 0.3
/** Tokens that a chat format adds to a message, and to a conversation. */
const MESSAGE_TOKENS = 4
const CONVERSATION_TOKENS = 3
const EFFORTS: Readonly<Record<Effort, number>> = { none: 0, minimal: 0.125, low: 0.25, medium: 1, high: 4, xhigh: 8 }
const REFUSAL = "I'm sorry, but I can't assist with that request."
const THOUGHT =
  'Let me read the request again and see what it asks for. The first response says one thing, and I should check whether it is so. Then the other, by the same measure. '

/** Counts a prompt's tokens. */
export function promptTokens(turns: readonly Turn[], { tokens }: Services): number {
  return turns.reduce((sum, { text }) => sum + tokens.count(text) + MESSAGE_TOKENS, CONVERSATION_TOKENS)
}

/** Lets a model answer: a function of what is asked, but for what the prompt cache has seen. */
export function generate(asked: Asked, services: Services): Generated {
  const { tokens, promptCache } = services
  const whole = asked.turns.map(({ text }) => text).join('\n\n')
  const prompt = promptTokens(asked.turns, services)
  const cached = promptCache.read(asked.model, whole, prompt)
  const limit = asked.maxTokens ?? Number.POSITIVE_INFINITY
  const wantsToThink = thinkingTokens(asked, whole)
  const thought = Math.min(wantsToThink, limit)
  const written = asked.fault === 'refusal' ? { text: REFUSAL } : write(asked, services)
  const allTokens = asked.fault === 'content-filter' ? [] : tokens.split(written.text)
  const room = Math.max(
    0,
    Math.min(limit - thought, asked.fault === 'length' ? Math.floor(allTokens.length / 3) : limit),
  )
  const isCut = allTokens.length > room
  const kept = isCut ? allTokens.slice(0, room) : allTokens
  return {
    ending:
      asked.fault === 'content-filter'
        ? 'content-filter'
        : isCut
          ? 'length'
          : asked.fault === 'refusal'
            ? 'refusal'
            : 'stop',
    text: kept.join(''),
    tokens: kept,
    label: written.label,
    reasoning: thought === 0 ? '' : thoughts(thought, services),
    usage: { prompt, cached, completion: thought + kept.length, reasoning: thought },
  }
}

function write(asked: Asked, services: Services): Written {
  const shown = readJudgingPrompt(questionOf(asked.turns))
  const sampling = { temperature: asked.temperature * SAMPLING_NATS, variation: asked.variation }
  const opinion = services.opine(asked.model, asked.profile, shown, sampling)
  const isWrong = asked.fault === 'wrong-label'
  const { verbosity } = asked.profile
  const wanted = readInstruction(shown.instruction, shown.responses.length)
  if (asked.format === 'text') return writeAnswer(opinion, wanted, verbosity, isWrong)
  return writeJson(opinion, asked.format.schema ?? schemaFor(wanted), verbosity, isWrong)
}

/** What is to be answered: the last turn, after what the system says. Turns between are solved examples. */
function questionOf(turns: readonly Turn[]): string {
  const systems = turns.slice(0, -1).filter(({ role }) => role === 'system' || role === 'developer')
  return [...systems, ...turns.slice(-1)].map(({ text }) => text).join('\n\n')
}

function thinkingTokens({ profile, model, effort, variation }: Asked, whole: string): number {
  if (profile.thinking === undefined) return 0
  const spread = 0.75 + 0.5 * uniformDraw('thinking', model, whole, variation)
  return Math.round(profile.thinking.tokens * EFFORTS[effort] * spread)
}

function thoughts(count: number, { tokens }: Services): string {
  const words = tokens.split(THOUGHT)
  return Array.from({ length: count }, (_, at) => words[at % words.length]).join('')
}
