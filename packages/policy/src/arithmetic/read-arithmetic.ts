import { evaluate } from './evaluate.js'
import { type MathToken, mathTokens } from './math-tokens.js'

/** What a text states in numbers. */
export interface Arithmetic {
  /** Equations with at least one operation, for example `12 * 7 = 84`; a chain `a = b = c` has two. */
  readonly equations: number
  /** Those whose sides differ by more than rounding allows. */
  readonly wrong: number
  /** The right side of the last equation. */
  readonly lastResult: number | undefined
  /** The number that the text offers as its answer: the last after a word such as `answer`, else the last number of all. */
  readonly finalAnswer: number | undefined
  /** Values of operations without a stated result, for example the question `What is 3 + 4?`; at most 64. */
  readonly open: readonly number[]
  /** Numbers that equations compute with, at most 256, in order. */
  readonly operands: readonly number[]
  /** Right sides of equations, in order, at most 256. */
  readonly results: readonly number[]
}

interface Side {
  readonly value: number
  readonly decimals: number
  readonly operation: boolean
}

const LONGEST_SIDE = 128
const MOST_UNIT_WORDS = 2
const ANSWER_WORDS: ReadonlySet<string> = new Set([
  'answer',
  'result',
  'boxed',
  'total',
  'altogether',
  'final',
  'solution',
])
const ANSWER_REACH = 8

/**
 * Reads the arithmetic that a text states, in one pass over its tokens.
 *
 * An equation is two sides joined by `=`, `≈` or (after an operation) `is`, `equals`, `gives`, of which at least one holds
 * an operation. Up to two unit words may follow a number (`12 apples + 3 apples = 15 apples`). A single letter is an
 * unknown, not a unit: what stands beside it (`2x + 3 = 7`) is left alone. Sides of more than 128 tokens are not read.
 * Sides are equal when they differ by at most half a unit of the stated result's last decimal, by 1e-9 relatively for a
 * whole number, or by 1 % after `≈`, `about` and the like.
 */
export function readArithmetic(text: string): Arithmetic {
  const found = { equations: 0, wrong: 0, lastResult: undefined as number | undefined }
  const open: number[] = []
  const operands: number[] = []
  const results: number[] = []
  let side: MathToken[] = []
  let before: Side | undefined
  let about = false
  let units = 0
  let afterWord = false
  let unreadable = false

  const readSide = (): Side | undefined => {
    const value = unreadable ? undefined : evaluate(side)
    if (value === undefined) return undefined
    const only = side.find((token) => token.kind === 'number')
    return { value, decimals: only?.kind === 'number' ? only.decimals : 0, operation: side.some(isOperation) }
  }
  const compare = (next: Side): void => {
    if (before === undefined || !(before.operation || next.operation)) return
    found.equations++
    if (!agree(before, next, about)) found.wrong++
    found.lastResult = next.value
    if (results.length < 256) results.push(next.value)
  }
  const begin = (): void => {
    side = []
    units = 0
  }
  const finish = (): void => {
    const last = side.length === 0 ? undefined : readSide()
    if (last !== undefined) {
      compare(last)
      if (before === undefined && last.operation && open.length < 64) open.push(last.value)
    }
    before = undefined
    about = false
    begin()
  }
  const take = (token: MathToken): void => {
    if (side.length >= LONGEST_SIDE) unreadable = true
    else side.push(token)
  }
  const endsWithOperand = (): boolean => {
    const last = side.at(-1)?.kind
    return last === 'number' || last === 'close' || last === 'percent'
  }

  const tokens = mathTokens(text)
  for (const token of tokens) {
    if (token.kind === 'stop') {
      finish()
      unreadable = false
      afterWord = false
      continue
    }
    if (unreadable) continue
    switch (token.kind) {
      case 'number':
        if (endsWithOperand()) finish()
        take(token)
        units = 0
        break
      case 'open':
        if (endsWithOperand()) finish()
        take(token)
        break
      case 'close':
      case 'percent':
        if (side.length > 0) take(token)
        break
      case 'of':
        if (side.at(-1)?.kind === 'percent' || side.some(isDivision)) take(token)
        else finish()
        break
      case 'operator':
        if (side.length === 0 && afterWord) unreadable = true
        else if (side.length > 0 || token.operator === '-') take(token)
        break
      case 'equals': {
        if (token.spoken && before !== undefined && side.length === 0) break
        const left = side.length === 0 ? undefined : readSide()
        if (left === undefined || (token.spoken && !left.operation && before === undefined)) finish()
        else {
          collectOperands(side, operands)
          compare(left)
          before = left
          about = token.about
          begin()
        }
        break
      }
      case 'about':
        if (before !== undefined && side.length === 0) about = true
        break
      case 'joint':
        break
      case 'word':
        if (!endsWithOperand() || token.word.length === 1 || units >= MOST_UNIT_WORDS) {
          if (side.length > 0 && !endsWithOperand()) begin()
          finish()
        } else units++
        break
    }
    afterWord = token.kind === 'word' && side.length === 0
  }
  finish()
  return { ...found, finalAnswer: finalAnswer(tokens), open, operands, results }
}

function isOperation(token: MathToken): boolean {
  return token.kind === 'operator' || token.kind === 'percent' || token.kind === 'of'
}

function isDivision(token: MathToken): boolean {
  return token.kind === 'operator' && token.operator === '/'
}

function collectOperands(side: readonly MathToken[], operands: number[]): void {
  for (const token of side) if (token.kind === 'number' && operands.length < 256) operands.push(token.value)
}

function agree(left: Side, right: Side, about: boolean): boolean {
  const decimals = right.operation && !left.operation ? left.decimals : right.decimals
  const exact = 1e-9 * Math.max(1, Math.abs(left.value))
  const rounding = decimals > 0 ? 0.5 * 10 ** -Math.min(decimals, 20) : 0
  const loose = about ? Math.max(0.01 * Math.abs(left.value), rounding) : rounding
  return Math.abs(left.value - right.value) <= loose + exact
}

/** The last number named as the answer (`the answer is 3 + 4 = 7` names 7), else the last number. */
function finalAnswer(tokens: readonly MathToken[]): number | undefined {
  let last: number | undefined
  let named: number | undefined
  let reach = 0
  let naming = false
  tokens.forEach((token, at) => {
    if (token.kind === 'number') {
      last = isNegated(tokens, at) ? -token.value : token.value
      if (reach > 0 || (naming && tokens[at - 1]?.kind !== 'word')) named = last
      naming ||= reach > 0
      reach = 0
    } else if (token.kind === 'word' && ANSWER_WORDS.has(token.word)) reach = ANSWER_REACH
    else {
      reach--
      if (token.kind === 'stop' || token.kind === 'word') naming = false
    }
  })
  return named ?? last
}

function isNegated(tokens: readonly MathToken[], at: number): boolean {
  const sign = tokens[at - 1]
  if (sign?.kind !== 'operator' || sign.operator !== '-') return false
  const left = tokens[at - 2]?.kind
  return left !== 'number' && left !== 'close' && left !== 'percent'
}
