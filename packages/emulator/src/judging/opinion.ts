import { featureExtractor, logitOf, type Policy, priorPolicy } from '@judgelab/policy'
import type { ModelProfile } from '../models/model-profile.js'
import { gumbelDraw, normalDraw, uniformDraw } from './draws.js'
import type { JudgingPrompt } from './read-prompt.js'
import { remember } from './remember.js'

/** What makes one answer differ from another to the same presentation. */
export interface Sampling {
  /** At least 0; at 0 the answer is the most likely one. */
  readonly temperature: number
  /** Seed, repeat and place among several choices, as one text. */
  readonly variation: string
}

/** What a model thinks of the responses that it is shown. */
export interface Opinion {
  /** By slot, in nats, with the model's noise and taste for a slot in them. */
  readonly logits: readonly number[]
  /** By slot, adding up to 1. */
  readonly probabilities: readonly number[]
  /** The slot that was drawn, before it is asked whether it is a tie. */
  readonly slot: number
  /** Whether the two best are closer than the model can tell. */
  readonly isTie: boolean
  /** By slot, in [0, 1]: how good the response is taken to be by itself. */
  readonly quality: readonly number[]
}

/** Gives the opinion of a model on a judging prompt: a function of its arguments alone. */
export type Opine = (model: string, profile: ModelProfile, shown: JudgingPrompt, sampling: Sampling) => Opinion

/** Nats that a response gains when all its words are the reference's. */
const REFERENCE_NATS = 2
/** Logit of a response of middling quality, and the logits in which quality changes by a factor e, for the prior's weights. */
const MIDDLE_LOGIT = -0.25
const QUALITY_SCALE_NATS = 0.8

/**
 * A judge over all models of one emulator. Responses are read once: both orders of a comparison and all models share what
 * was read of a text.
 *
 * @param seed of the models' noise
 */
export function createOpine(seed: number): Opine {
  const readerOf = remember(2_000, (prompt: string) => featureExtractor(prompt))
  const featuresOf = remember(20_000, (key: string) => {
    const [prompt, response] = JSON.parse(key) as [string, string]
    return readerOf(prompt)(response)
  })
  const scaleOf = qualityScale()
  return (model, profile, shown, { temperature, variation }) => {
    const { responses, reference } = shown
    const prompt = shown.prompt ?? ''
    const presented = JSON.stringify([prompt, responses])
    const bare = responses.map((response) => bareLogit(profile, prompt, response))
    const logits = bare.map(
      (logit, slot) =>
        (logit ?? 0) +
        referenceGain(reference, responses[slot] as string) +
        profile.noiseNats * normalDraw(seed, model, prompt, responses[slot] as string) +
        profile.wobbleNats * normalDraw(seed, model, presented, slot) +
        (slot === 0 ? profile.positionBiasNats : 0),
    )
    const sampled = logits.map((logit, slot) =>
      temperature === 0 ? logit : logit + temperature * gumbelDraw(seed, model, presented, variation, slot),
    )
    const slot = chosenSlot(profile.judge, responses, sampled, `${seed} ${model} ${presented}`)
    const [best = 0, next = Number.NEGATIVE_INFINITY] = sampled.toSorted((a, b) => b - a)
    const scale = typeof profile.judge === 'string' ? 1 : scaleOf(profile.judge)
    return {
      logits,
      probabilities: typeof profile.judge === 'string' ? sure(responses.length, slot) : softmax(logits),
      slot,
      isTie: typeof profile.judge === 'string' ? false : best - next <= profile.tieBandNats,
      quality: sampled.map((logit) => 1 / (1 + Math.exp((MIDDLE_LOGIT - logit) / (QUALITY_SCALE_NATS * scale)))),
    }
  }

  function bareLogit({ judge }: ModelProfile, prompt: string, response: string): number | undefined {
    return typeof judge === 'string' ? undefined : logitOf(judge, featuresOf(JSON.stringify([prompt, response])))
  }
}

function chosenSlot(
  judge: ModelProfile['judge'],
  responses: readonly string[],
  logits: readonly number[],
  key: string,
): number {
  const longest = Math.max(...responses.map(({ length }) => length))
  const shortest = Math.min(...responses.map(({ length }) => length))
  if (judge === 'first') return 0
  if (judge === 'longer') return responses.findIndex(({ length }) => length === longest)
  if (judge === 'shorter') return responses.findIndex(({ length }) => length === shortest)
  if (judge === 'random') return Math.floor(uniformDraw(key) * responses.length)
  return logits.indexOf(Math.max(...logits))
}

/** How much longer a policy's weights are than the prior's: tuned policies speak in larger numbers. */
function qualityScale(): (policy: Policy) => number {
  const norm = ({ weights }: Policy): number => Math.hypot(...weights.filter((weight) => weight !== 0))
  const prior = norm(priorPolicy())
  const known = new WeakMap<Policy, number>()
  return (policy) => {
    const scale = known.get(policy) ?? (norm(policy) || prior) / prior
    known.set(policy, scale)
    return scale
  }
}

function referenceGain(reference: string | undefined, response: string): number {
  if (reference === undefined) return 0
  const wanted = words(reference)
  const given = words(response)
  const shared = [...given].filter((word) => wanted.has(word)).length
  return (REFERENCE_NATS * 2 * shared) / Math.max(1, wanted.size + given.size)
}

function words(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
}

function sure(slots: number, slot: number): number[] {
  const rest = 0.02 / Math.max(1, slots - 1)
  return Array.from({ length: slots }, (_, at) => (at === slot ? (slots === 1 ? 1 : 0.98) : rest))
}

function softmax(logits: readonly number[]): number[] {
  const best = Math.max(...logits)
  const weights = logits.map((logit) => Math.exp(logit - best))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}
