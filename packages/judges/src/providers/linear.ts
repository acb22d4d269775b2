import type { ShownPresentation } from '@judgelab/core'
import { type FeatureReader, featureExtractor, logitOf, type Policy } from '@judgelab/policy'
import type { Answer } from '../judge.js'

/**
 * How the log-linear policy judges: the response that it would rather write wins, when its log-probability is more than
 * `tieMargin` nats above the next one's; else a tie. Probabilities are the policy's, among the responses shown.
 *
 * The scores look at each response by itself, so this judge has no taste for a slot.
 */
export function linearAnswer(
  policy: Policy,
  { prompt, slots }: ShownPresentation,
  tieMargin: number,
  read: FeatureReader = featureExtractor,
): Answer {
  const featuresOf = read(prompt)
  const logits = slots.map((response) => logitOf(policy, featuresOf(response)))
  const [best, next] = logits.toSorted((a, b) => b - a) as [number, number]
  const slot = best - next > tieMargin ? logits.indexOf(best) : 'tie'
  return { outcome: { kind: 'choice', slot, probabilities: softmax(logits, best) } }
}

function softmax(logits: readonly number[], best: number): number[] {
  const weights = logits.map((logit) => Math.exp(logit - best))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}
