import type { Provider, StudyJudge } from '@judgelab/core'
import type { ModelFacts } from './model-facts.js'

/**
 * Whether a model reasons before it answers, as it is set up: by `thinking`, by `reasoningEffort` (`none` is no reasoning),
 * by the effort that it has without being told, else by what is known of it. Undefined where nothing is.
 */
export function thinks({ kin }: ModelFacts, settings: StudyJudge['settings']): boolean | undefined {
  if (typeof settings.thinking === 'boolean') return settings.thinking
  const effort = settings.reasoningEffort ?? kin?.efforts?.value[0]
  if (effort === 'none') return false
  return kin?.thinking?.value ?? (settings.reasoningEffort === undefined ? undefined : true)
}

/** Request parameters that a model's service rejects as it is set up: of a model that can do without thinking, while it thinks. */
export function refusedParameters(
  facts: ModelFacts,
  settings: StudyJudge['settings'],
  provider: Provider,
): readonly string[] {
  if (thinks(facts, settings) === false || facts.kin?.provider !== provider) return []
  return facts.kin.refuses?.value ?? []
}
