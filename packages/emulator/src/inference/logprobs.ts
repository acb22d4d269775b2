import type { Tokens } from '../judging/tokens.js'
import type { Generated } from './generate.js'

/** A token of an answer, how likely it was, and what else might have stood there. */
export interface TokenProbability {
  readonly token: string
  /** Natural logarithm. */
  readonly logprob: number
  /** Most likely first. */
  readonly top: readonly (readonly [token: string, logprob: number])[]
}

/** Log-probability of a token at which the model had no choice worth naming. */
const SETTLED = -0.0001
const UNLIKELY = -9.5
const FILLERS = [
  'The',
  ' the',
  '\n',
  'I',
  ' A',
  '1',
  'a',
  '"',
  ' is',
  '.',
  ' to',
  'It',
  '-',
  ' in',
  ',',
  ' and',
  'So',
  '2',
  ' of',
  '{',
]

/**
 * Probabilities of an answer's tokens. Where the label begins (its last occurrence) they are the judge's own over the
 * labels, each by its first token; elsewhere the token that was written had nearly all of it.
 */
export function tokenProbabilities({ tokens, label }: Generated, top: number, tokenizer: Tokens): TokenProbability[] {
  const at = label === undefined ? -1 : labelStart(tokens, label.chosen)
  return tokens.map((token, index) => {
    if (index !== at || label === undefined) return settled(token, top)
    const space = /^\s/.test(token) ? ' ' : ''
    const all = Object.entries(label.probabilities)
      .map(([name, probability]) => [tokenizer.split(space + name)[0] ?? name, probability] as const)
      .map(([first, probability]) => [first, Math.log(Math.max(probability, 1e-6)) + SETTLED] as const)
      .sort((a, b) => b[1] - a[1])
    return { token, logprob: all.find(([name]) => name === token)?.[1] ?? SETTLED, top: filled(all, top) }
  })
}

/** The last token from which on the label is spelled. */
function labelStart(tokens: readonly string[], label: string): number {
  return tokens.findLastIndex(
    (token, at) => token.trim() !== '' && tokens.slice(at).join('').trimStart().startsWith(label),
  )
}

function settled(token: string, top: number): TokenProbability {
  return { token, logprob: SETTLED, top: filled([[token, SETTLED]], top) }
}

function filled(known: readonly (readonly [string, number])[], top: number): (readonly [string, number])[] {
  const others = FILLERS.filter((filler) => !known.some(([token]) => token === filler))
  const more = others.map((filler, at) => [filler, UNLIKELY - at / 2] as const)
  return [...known, ...more].slice(0, top)
}

/** OpenAI's shape, of chat completions (`bytes` and all). */
export function toOpenAiLogprobs(probabilities: readonly TokenProbability[]): object[] {
  const shaped = (token: string, logprob: number): object => ({
    token,
    logprob,
    bytes: [...Buffer.from(token, 'utf8')],
  })
  return probabilities.map(({ token, logprob, top }) => ({
    ...shaped(token, logprob),
    top_logprobs: top.map(([name, value]) => shaped(name, value)),
  }))
}

/**
 * Together's shape. Its SDK types `top_logprobs` as one object of token to number: it is that of the token at the label,
 * or of the first token.
 */
export function toTogetherLogprobs(probabilities: readonly TokenProbability[], tokens: Tokens): object {
  const telling =
    probabilities.findLast(({ logprob, top }) => logprob !== SETTLED && top.length > 0) ?? probabilities[0]
  return {
    tokens: probabilities.map(({ token }) => token),
    token_ids: probabilities.map(({ token }) => tokens.idOf(token)),
    token_logprobs: probabilities.map(({ logprob }) => logprob),
    top_logprobs: Object.fromEntries(telling?.top ?? []),
  }
}
