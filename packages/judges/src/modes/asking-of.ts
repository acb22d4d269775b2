import type { Asking, Decision, Mode, PromptHead, StudyJudge } from '@judgelab/core'

/** What must be known of a model to ask it in the form that suits it. */
export interface ModelAbilities {
  /** Whether its service holds it to a JSON schema. */
  readonly takesSchemas?: boolean | undefined
  /** Whether it reasons before its answer; such a model gives no probabilities of its first token. */
  readonly isThinking?: boolean | undefined
}

/**
 * How a study's judge is asked, with what the study leaves open filled in: ties allowed, no strength, a scale from 1 to
 * 10, the classes helpful and unhelpful; the decision structured where the model takes schemas, else label, of those that
 * the prompt's answers can be read as.
 *
 * @throws {RangeError} if a model that reasons is to be judged by its first token
 */
export function askingOf(judge: StudyJudge, model: ModelAbilities = {}, prompt?: Pick<PromptHead, 'output'>): Asking {
  const decision = judge.decision ?? defaultDecision(model, prompt)
  if (decision === 'logprobs' && model.isThinking === true)
    throw new RangeError(
      `askingOf needs decision label or structured for a model that reasons first, got logprobs (${judge.name})`,
    )
  const scale = judge.mode === 'rating' ? (judge.scale ?? { min: 1, max: 10 }) : undefined
  const classes = judge.mode === 'classify' ? (judge.classes ?? ['helpful', 'unhelpful']) : undefined
  return {
    decision,
    allowTie: judge.allowTie ?? true,
    askStrength: judge.askStrength ?? false,
    ...(scale === undefined ? {} : { scale }),
    ...(classes === undefined ? {} : { classes }),
    blind: judge.blind ?? false,
    ...(judge.reference === undefined ? {} : { reference: judge.reference }),
    ...(judge.criteria === undefined ? {} : { criteria: judge.criteria }),
    ...(judge.shots === undefined ? {} : { shots: judge.shots }),
    ...(judge.tieBand === undefined ? {} : { tieBand: judge.tieBand }),
  }
}

function defaultDecision({ takesSchemas }: ModelAbilities, prompt: Pick<PromptHead, 'output'> | undefined): Decision {
  const preferred: readonly Decision[] = takesSchemas === true ? ['structured', 'label'] : ['label', 'structured']
  if (prompt === undefined) return preferred[0] as Decision
  if (prompt.output.includes('official')) return 'label'
  return preferred.find((decision) => prompt.output.includes(decision)) ?? 'logprobs'
}

/** The name of the prompt that a mode has for a decision, where the study names no prompt. */
export function defaultPromptName(mode: Mode, decision?: Decision): string {
  return decision === 'logprobs' ? `${mode}-first-token` : mode
}
