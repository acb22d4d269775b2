import type { Outcome } from '@judgelab/core'
import { labelsOf, type Question } from './question.js'
import { unparsed } from './read-value.js'

/** One of the tokens that the answer could have begun with. */
export interface TokenLogprob {
  readonly token: string
  /** In nats, at most 0. */
  readonly logprob: number
}

/** Probabilities that differ by less are equal but for rounding. */
const EQUAL = 1e-12

/** Below this share of the probability the labels are not what the model was about to say. */
const LEAST_MASS = 0.5

/**
 * Reads the probabilities of an answer's first token. Variants of a label (" A", "A", "a") are added up. The probability of a
 * slot is its label's share of what all allowed labels have together, the tie among them; so the slots' probabilities add up
 * to 1 less that of a tie.
 *
 * The most probable label decides. It is a tie when the tie is the most probable one, when the two best slots differ by less
 * than the tie band, and when they are equal: nothing then speaks for either, and the first of them would be a taste for its
 * place. Unreadable when the labels have less than half of the probability: the model was about to say something else.
 *
 * @param firstTokenTop the most probable first tokens, in any order; a token that is listed twice counts once
 */
export function readLogprobs(firstTokenTop: readonly TokenLogprob[], question: Question): Outcome {
  const labels = labelsOf(question)
  const masses = labels.map(() => 0)
  for (const [token, logprob] of new Map(firstTokenTop.map(({ token, logprob }) => [token, logprob]))) {
    const at = labels.findIndex((label) => label.toLowerCase() === labelIn(token))
    const probability = Math.exp(Math.min(0, logprob))
    if (at >= 0 && !Number.isNaN(probability)) masses[at] = (masses[at] as number) + probability
  }
  const sum = masses.reduce((total, mass) => total + mass, 0)
  if (!(sum >= LEAST_MASS))
    return unparsed(
      firstTokenTop.length === 0
        ? 'no probabilities of the first token'
        : `the labels have ${Math.round(100 * sum)} % of the first token's probability`,
    )
  const shares = masses.map((mass) => mass / sum)
  const probabilities = shares.slice(0, question.slotCount)
  return { kind: 'choice', slot: decide(probabilities, shares[question.slotCount] ?? 0, question), probabilities }
}

/** What a token says without the white space before it, in whatever way a server writes that. */
function labelIn(token: string): string {
  return token.replaceAll(/[\s\u2581\u0120\u010a]+/g, '').toLowerCase()
}

function decide(probabilities: readonly number[], tie: number, { asking }: Question): number | 'tie' {
  const [best = 0, second = 0] = probabilities.toSorted((a, b) => b - a)
  if (tie >= best || best - second < Math.max(EQUAL, asking.tieBand ?? 0)) return 'tie'
  return probabilities.indexOf(best)
}
