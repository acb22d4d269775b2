import type { MathToken, Operator } from './math-tokens.js'

const PRECEDENCE: Readonly<Record<Operator, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 }
const UNARY_MINUS_PRECEDENCE = 3

/**
 * The value of an arithmetic expression, or undefined when the tokens are none or the value is not finite. `%` divides what is
 * before it by 100, and `of` multiplies. Operator precedence by two stacks (Dijkstra's shunting yard), so the
 * time is linear and brackets of any depth need no recursion.
 */
export function evaluate(tokens: readonly MathToken[]): number | undefined {
  const values: number[] = []
  const waiting: (Operator | 'negate' | 'open')[] = []
  let wantsOperand = true

  const apply = (): boolean => {
    const operator = waiting.pop()
    const right = values.pop()
    if (operator === undefined || operator === 'open' || right === undefined) return false
    if (operator === 'negate') return values.push(-right) > 0
    const left = values.pop()
    return left !== undefined && values.push(combined(operator, left, right)) > 0
  }
  const applyFrom = (precedence: number, rightToLeft: boolean): boolean => {
    for (let top = waiting.at(-1); top !== undefined && top !== 'open'; top = waiting.at(-1)) {
      const held = top === 'negate' ? UNARY_MINUS_PRECEDENCE : PRECEDENCE[top]
      if (rightToLeft ? held <= precedence : held < precedence) return true
      if (!apply()) return false
    }
    return true
  }

  for (const token of tokens) {
    if (token.kind === 'number' && wantsOperand) {
      values.push(token.value)
      wantsOperand = false
    } else if (token.kind === 'open' && wantsOperand) waiting.push('open')
    else if (token.kind === 'operator' && wantsOperand && token.operator === '-') waiting.push('negate')
    else if (wantsOperand) return undefined
    else if (token.kind === 'percent') values.push((values.pop() as number) / 100)
    else if (token.kind === 'close') {
      if (!applyFrom(0, false) || waiting.pop() !== 'open') return undefined
    } else if (token.kind === 'operator' || token.kind === 'of') {
      const operator = token.kind === 'operator' ? token.operator : '*'
      if (!applyFrom(PRECEDENCE[operator], operator === '^')) return undefined
      waiting.push(operator)
      wantsOperand = true
    } else return undefined
  }
  if (wantsOperand) return undefined
  while (waiting.length > 0) if (!apply()) return undefined
  const [value] = values
  return value !== undefined && Number.isFinite(value) ? value : undefined
}

function combined(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    case '^':
      return left ** right
  }
}
