import { isAsciiLetter, isDigit, isSpace } from '../text/characters.js'

export type Operator = '+' | '-' | '*' | '/' | '^'

/** A piece of a text as the arithmetic reader sees it. */
export type MathToken =
  | { readonly kind: 'number'; readonly value: number; readonly decimals: number }
  | { readonly kind: 'operator'; readonly operator: Operator }
  /** `=` and words for it; `spoken` for `is` and the like, which state an equation only after an operation. */
  | { readonly kind: 'equals'; readonly spoken: boolean; readonly about: boolean }
  | { readonly kind: 'open' | 'close' | 'percent' | 'of' | 'about' | 'joint' | 'stop' }
  | { readonly kind: 'word'; readonly word: string }

const SIGNS: Readonly<Record<string, Operator>> = {
  '+': '+',
  '-': '-',
  '−': '-',
  '–': '-',
  '×': '*',
  '·': '*',
  '⋅': '*',
  '÷': '/',
  '/': '/',
  '∕': '/',
  '^': '^',
}
const WORD_TOKENS: ReadonlyMap<string, MathToken> = new Map<string, MathToken>([
  ...(['times', 'multiplied', 'cdot'] as const).map((word) => [word, { kind: 'operator', operator: '*' }] as const),
  ['plus', { kind: 'operator', operator: '+' }],
  ['minus', { kind: 'operator', operator: '-' }],
  ...(['divided', 'div'] as const).map((word) => [word, { kind: 'operator', operator: '/' }] as const),
  ...(['is', 'equals', 'equal', 'gives', 'makes', 'leaves', 'are'] as const).map(
    (word) => [word, { kind: 'equals', spoken: true, about: false }] as const,
  ),
  ...(['by', 'to', 'exactly'] as const).map((word) => [word, { kind: 'joint' }] as const),
  ...(['about', 'approximately', 'roughly', 'around'] as const).map((word) => [word, { kind: 'about' }] as const),
  ['approx', { kind: 'equals', spoken: false, about: true }],
  ['percent', { kind: 'percent' }],
  ['of', { kind: 'of' }],
])
const LONGEST_NUMBER = 24

/**
 * The arithmetic tokens of a text, in one pass. Numbers may have thousands separators (`1,234`) and decimals; `x` between two
 * numbers and `*` before an operand multiply; other asterisks are emphasis and are dropped, as currency signs are.
 */
export function mathTokens(text: string): MathToken[] {
  const tokens: MathToken[] = []
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) at = readNumber(text, at, tokens)
    else if (isAsciiLetter(code)) at = readWord(text, at, tokens)
    else at = readSign(text, at, tokens)
  }
  return tokens
}

function readNumber(text: string, start: number, tokens: MathToken[]): number {
  let at = start
  let digits = ''
  while (isDigit(text.charCodeAt(at)) || isThousandsComma(text, at)) {
    if (text[at] !== ',' && digits.length <= LONGEST_NUMBER) digits += text[at]
    at++
  }
  let decimals = 0
  if (text[at] === '.' && isDigit(text.charCodeAt(at + 1))) {
    digits += '.'
    for (at++; isDigit(text.charCodeAt(at)); at++, decimals++) if (decimals < LONGEST_NUMBER) digits += text[at]
  }
  const tooLong = digits.length > LONGEST_NUMBER
  tokens.push(tooLong ? { kind: 'stop' } : { kind: 'number', value: Number(digits), decimals })
  return at
}

function isThousandsComma(text: string, at: number): boolean {
  if (text[at] !== ',') return false
  for (let k = 1; k <= 3; k++) if (!isDigit(text.charCodeAt(at + k))) return false
  return !isDigit(text.charCodeAt(at + 4))
}

function readWord(text: string, start: number, tokens: MathToken[]): number {
  let at = start
  while (at < text.length && isAsciiLetter(text.charCodeAt(at))) at++
  if (
    at - start === 1 &&
    (text[start] === 'x' || text[start] === 'X') &&
    followsNumber(tokens) &&
    operandFollows(text, at)
  ) {
    tokens.push({ kind: 'operator', operator: '*' })
    return at
  }
  const word = at - start > 20 ? '' : text.slice(start, at).toLowerCase()
  tokens.push(WORD_TOKENS.get(word) ?? { kind: 'word', word })
  return at
}

/** True when the last token is a number, or one unit word after a number. */
function followsNumber(tokens: readonly MathToken[]): boolean {
  const last = tokens.at(-1)
  return last?.kind === 'number' || (last?.kind === 'word' && last.word.length > 1 && tokens.at(-2)?.kind === 'number')
}

function readSign(text: string, at: number, tokens: MathToken[]): number {
  const sign = text[at] as string
  const operator = SIGNS[sign]
  if (operator !== undefined) tokens.push({ kind: 'operator', operator })
  else if (sign === '*') {
    const power = text[at + 1] === '*'
    const width = power ? 2 : 1
    const last = tokens.at(-1)?.kind
    if (last !== undefined && last !== 'operator' && last !== 'equals' && operandFollows(text, at + width))
      tokens.push({ kind: 'operator', operator: power ? '^' : '*' })
    return at + width
  } else if (sign === '=') {
    if (text[at + 1] === '>') tokens.push({ kind: 'stop' })
    else tokens.push({ kind: 'equals', spoken: false, about: false })
    return text[at + 1] === '>' || text[at + 1] === '=' ? at + 2 : at + 1
  } else if (sign === '≈' || sign === '≃' || sign === '~') tokens.push({ kind: 'equals', spoken: false, about: true })
  else if (sign === '(') tokens.push({ kind: 'open' })
  else if (sign === ')') tokens.push({ kind: 'close' })
  else if (sign === '%') tokens.push({ kind: 'percent' })
  else if ('.,;:?!\n→⇒"'.includes(sign)) tokens.push({ kind: 'stop' })
  return at + 1
}

/** True when a number, an opening bracket or a sign follows within three spaces or currency signs. */
function operandFollows(text: string, from: number): boolean {
  let at = from
  while (at < from + 3 && (isSpace(text.charCodeAt(at)) || '$€£'.includes(text[at] ?? '?'))) at++
  const code = text.charCodeAt(at)
  return isDigit(code) || code === 40 || code === 45 || code === 46
}
