import type { Asking, Decision, Mode, StudyJudge } from '@judgelab/core'

/** What must be known of a model to ask it in the form that suits it. */
export interface ModelAbilities {
  /** Whether its service holds it to a JSON schema. */
  readonly takesSchemas?: boolean | undefined
  /** Whether it reasons before its answer; such a model gives no probabilities of its first token. */
  readonly isThinking?: boolean | undefined
}

/**
 * How a study's judge is asked, with what the study leaves open filled in: ties allowed, no strength, a scale from 1 to
 * 10, the classes helpful and unhelpful, the decision structured where the model takes schemas and label elsewhere.
 *
 * @throws {RangeError} if a model that reasons is to be judged by its first token
 */
export function askingOf(judge: StudyJudge, model: ModelAbilities = {}): Asking {
  const decision = judge.decision ?? (model.takesSchemas === true ? 'structured' : 'label')
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

/** The name of the prompt that a mode has for a decision where the study names none. */
export function defaultPromptName(mode: Mode, decision: Decision): string {
  return decision === 'logprobs' ? `${mode}-first-token` : mode
}
