import type { ModelEntry, ModelRegistry, Provider, StudyJudge, TokenPrices } from '@judgelab/core'
import type { ModelAbilities } from '../modes/asking-of.js'
import { refusedParameters, thinks } from './thinking.js'

/** What is known of the model behind a judge. What is not known is absent. */
export interface ModelFacts {
  /** The registry's entry for this very model at this provider: its figures hold. */
  readonly entry?: ModelEntry | undefined
  /** The entry that it is, or is made from, here or elsewhere: what the model can do holds, prices and limits may not. */
  readonly kin?: ModelEntry | undefined
}

/** Prices and who says so. */
export type SourcedPrices = TokenPrices & { readonly source: string }

/**
 * What the registry knows of a model by its name: the entry of that name or alias at the provider; for a fine-tuned model
 * (`ft:gpt-4.1-mini-2025-04-14:org::id`, `account/gpt-oss-120b-judge-1a2b3c4d`) or an open one on another server, the entry
 * that it comes from.
 */
export function modelFacts(registry: ModelRegistry, provider: Provider, model: string): ModelFacts {
  const home = provider === 'together-evals' ? 'together' : provider
  const entry = registry.models.find((known) => known.provider === home && namesOf(known).includes(model))
  if (entry !== undefined) return { entry, kin: entry }
  const tunedFrom = /^ft:([^:]+):/.exec(model)?.[1]
  if (tunedFrom !== undefined) return { kin: registry.models.find((known) => namesOf(known).includes(tunedFrom)) }
  const name = model.toLowerCase()
  const [kin] = registry.models
    .filter((known) => known.open && new RegExp(`(?:^|[/:])${escaped(shortName(known.name))}(?![a-z0-9.])`).test(name))
    .sort((a, b) => b.name.length - a.name.length)
  return { kin }
}

/**
 * In which form a model can be asked: OpenAI's, and those that the registry knows at Together, are held to JSON schemas
 * unless they refuse `response_format`; of other servers it is not known.
 */
export function modelAbilities(
  registry: ModelRegistry,
  judge: Pick<StudyJudge, 'provider' | 'model' | 'settings'>,
): ModelAbilities {
  const facts = modelFacts(registry, judge.provider, judge.model)
  const refused = refusedParameters(facts, judge.settings, judge.provider)
  const takesSchemas = judge.provider === 'openai' || (judge.provider === 'together' && facts.kin !== undefined)
  return {
    takesSchemas: takesSchemas && !refused.includes('response_format'),
    isThinking: thinks(facts, judge.settings),
  }
}

/**
 * What a model's tokens cost: what the study says, else what the registry knows of this very model. Undefined where
 * nobody says both input and output.
 */
export function pricesOf(
  registry: ModelRegistry,
  provider: Provider,
  model: string,
  studyPrices?: TokenPrices | undefined,
): SourcedPrices | undefined {
  if (studyPrices !== undefined) return { ...studyPrices, source: 'the study' }
  const { input, output, cachedInput, batchShare } = modelFacts(registry, provider, model).entry?.prices ?? {}
  if (input === undefined || output === undefined) return undefined
  return {
    input: input.value,
    output: output.value,
    ...(cachedInput === undefined ? {} : { cachedInput: cachedInput.value }),
    ...(batchShare === undefined ? {} : { batchShare: batchShare.value }),
    source: `${input.source}, ${input.date}`,
  }
}

function namesOf({ name, aliases = [] }: ModelEntry): readonly string[] {
  return [name, ...aliases]
}

/** The name without whose it is: `gpt-oss-120b` of `openai/gpt-oss-120b`. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase()
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
