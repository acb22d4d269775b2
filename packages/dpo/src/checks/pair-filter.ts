import { type PreferencePair, promptTokens, type Tokenizer } from '@judgelab/core'
import { normalText } from '@judgelab/datasets'
import { createNumberSet } from './number-set.js'
import { rememberingLast, textsKey } from './texts-key.js'

export const DROP_REASONS = ['empty', 'identical', 'repeated', 'too-long', 'near-duplicate'] as const
/** Why a pair is left out: a blank side or input, two sides that are the same, said before, too many tokens, nearly said before. */
export type DropReason = (typeof DROP_REASONS)[number]

/** How many tokens a pair may have, by whose count. */
export interface TokenLimit {
  readonly tokenizer: Tokenizer
  /** Of the input with its chat template, and the longer output together. */
  readonly maxTokens: number
}

/**
 * A function that says of one pair after another why it should be left out, or nothing. Sameness is by `normalText`: case,
 * white space and invisible characters aside. `near-duplicate` is never said here: that needs all pairs.
 *
 * Where the tokenizer is not the target's own, its stated error is added before a count is held against the limit.
 *
 * What was said before is remembered by 52 bits of SHA-256, 11 to 16 bytes a pair: among a million different pairs, one is
 * taken for another with chance below 0.0002.
 */
export function createPairFilter(
  limit?: TokenLimit | undefined,
): (pair: PreferencePair) => Exclude<DropReason, 'near-duplicate'> | undefined {
  const seen = createNumberSet()
  const normalPreferred = rememberingLast(normalText)
  const normalInput = rememberingLast(normalText)
  return (pair) => {
    const sides = [normalPreferred(pair.preferred), normalText(pair.nonPreferred)]
    const last = pair.input.at(-1)
    if (sides.includes('') || last === undefined || normalInput(last.content) === '') return 'empty'
    if (sides[0] === sides[1]) return 'identical'
    if (limit !== undefined && pairTokens(pair, limit.tokenizer) > limit.maxTokens) return 'too-long'
    const asked = pair.input.flatMap(({ role, content }) => [role, normalInput(content)])
    return seen.add(textsKey([...asked, ...sides])) ? undefined : 'repeated'
  }
}

/** Most tokens of a pair that a training sees at once, an error of the count added. */
export function pairTokens({ input, preferred, nonPreferred }: PreferencePair, tokenizer: Tokenizer): number {
  const longer = Math.max(tokenizer.count(preferred), tokenizer.count(nonPreferred))
  return Math.ceil((promptTokens(tokenizer, input) + longer) * (1 + tokenizer.relativeError))
}
