import type { Decision, JudgeSpec, Judgment } from '@judgelab/core'

/** Output tokens of one answer, and how they are known. */
export interface OutputExpectation {
  readonly perCall: number
  /** `measured`: the mean over answers of an earlier run; `assumed`: by decision and reasoning effort. */
  readonly basis: 'measured' | 'assumed'
  /** How many answers were measured; 0 when it is assumed. */
  readonly answers: number
}

/**
 * Tokens of an answer to judgelab's own prompts, which ask for a few sentences before the decision: rounded up from the
 * length of such sentences, not measured on any model. A first token is one token.
 */
const ANSWER_TOKENS: Readonly<Record<Decision, number>> = { label: 200, structured: 220, logprobs: 1 }

/** Tokens of reasoning by effort: round numbers to plan by, not measured. Models differ by a factor of several. */
const REASONING_TOKENS: Readonly<Record<string, number>> = {
  none: 0,
  minimal: 200,
  low: 400,
  medium: 1200,
  high: 4000,
  xhigh: 8000,
  max: 16_000,
}

/** The output tokens to expect of one answer, reasoning among them; never above the judge's own limit. */
export function expectedOutput({
  spec,
  isThinking,
  earlier = [],
}: {
  readonly spec: JudgeSpec
  readonly isThinking: boolean | undefined
  readonly earlier?: readonly Judgment[] | undefined
}): OutputExpectation {
  const used = earlier.flatMap(({ usage }) => (usage === undefined ? [] : [usage.outputTokens]))
  if (used.length > 0)
    return {
      perCall: used.reduce((sum, tokens) => sum + tokens, 0) / used.length,
      basis: 'measured',
      answers: used.length,
    }
  const { reasoningEffort = 'medium', maxTokens } = spec.settings
  const reasoning = isThinking === true ? (REASONING_TOKENS[String(reasoningEffort)] as number) : 0
  const answer = ANSWER_TOKENS[spec.asking?.decision ?? 'structured']
  const most = typeof maxTokens === 'number' ? maxTokens : Number.POSITIVE_INFINITY
  return { perCall: Math.min(most, answer + reasoning), basis: 'assumed', answers: 0 }
}
