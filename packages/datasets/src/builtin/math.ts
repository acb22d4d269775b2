import type { Draw } from './draw.js'
import { createDeck } from './draw.js'
import type { PromptRegister } from './prompt-register.js'
import type { Draft } from './row.js'
import {
  MATH_ANSWERS,
  MATH_CLOSINGS,
  MATH_FAMILIES,
  MATH_ITEMS,
  MATH_OPENINGS,
  MATH_PEOPLE,
  MATH_REMARKS,
  type MathFamily,
  type Step,
} from './tables/math-families.js'
import { capitalised, filled } from './text.js'

/** A step with its numbers, and the result that a response states for it. */
interface Line {
  readonly left: number
  readonly sign: Step['sign']
  readonly right: number
  readonly result: number
  readonly says: string
}

/** A way to be wrong: a slip inside an equation, a number from nowhere, a wrong last word, a wrong sign. */
type Fault = 'slip' | 'stray-number' | 'wrong-final' | 'wrong-sign'

interface Problem {
  readonly family: MathFamily
  readonly numbers: Readonly<Record<string, number>>
  readonly names: Readonly<Record<string, string>>
  readonly lines: readonly Line[]
  readonly value: number
}

interface Solution {
  readonly lines: readonly Line[]
  readonly final: number
}

const COUNT = 183
const FAULTS: readonly Fault[] = ['slip', 'stray-number', 'wrong-final', 'wrong-sign']

/** Word problems of three steps; a rejected solution has one fault and another result. */
export function mathDrafts(draw: Draw, register: PromptRegister): Draft[] {
  const nextFamily = createDeck(draw, MATH_FAMILIES)
  return Array.from({ length: COUNT }, () => draftOf(draw, register, problemOf(draw, nextFamily())))
}

function problemOf(draw: Draw, family: MathFamily): Problem {
  const who = draw.pick(MATH_PEOPLE)
  const names = { who, Who: who, items: draw.pick(MATH_ITEMS) }
  for (;;) {
    const numbers = Object.fromEntries(
      Object.entries(family.ranges).map(([name, [low, high]]) => [name, draw.integer(low, high)]),
    )
    const lines = linesOf(family.steps, numbers, names)
    const distinct = new Set(Object.values(numbers)).size === Object.keys(numbers).length
    if (distinct && lines.every((line) => isCount(line.result)))
      return { family, numbers, names, lines, value: lines.at(-1)!.result }
  }
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value > 1
}

function linesOf(
  steps: readonly Step[],
  numbers: Readonly<Record<string, number>>,
  names: Readonly<Record<string, string>>,
): Line[] {
  const values = { ...numbers }
  return steps.map((step) => {
    const [left, right] = [values[step.left]!, values[step.right]!]
    const result = calculate(left, step.sign, right)
    values[step.name] = result
    return { left, sign: step.sign, right, result, says: filled(step.says, names) }
  })
}

function calculate(left: number, sign: Step['sign'], right: number): number {
  switch (sign) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
  }
}

function draftOf(draw: Draw, register: PromptRegister, problem: Problem): Draft {
  const wrong = wrongSolutions(draw, problem)
  return {
    prompt: register.fresh(() => ask(draw, problem)),
    chosen: [write(draw, problem, { lines: problem.lines, final: problem.value })],
    rejected: wrong.map((solution) => write(draw, problem, solution)),
    metadata: { kind: problem.family.family, value: problem.value, faults: wrong.map(({ fault }) => fault) },
  }
}

/** Three solutions with different wrong results, with different faults as far as the problem allows. */
function wrongSolutions(draw: Draw, problem: Problem): (Solution & { readonly fault: Fault })[] {
  const wrong: (Solution & { readonly fault: Fault })[] = []
  for (const fault of [...draw.shuffled(FAULTS), 'wrong-final' as const, 'slip' as const]) {
    const solution = distinctSolution(draw, problem, fault, [problem.value, ...wrong.map(({ final }) => final)])
    if (solution !== undefined && wrong.length < 3) wrong.push({ ...solution, fault })
  }
  return wrong
}

function distinctSolution(draw: Draw, problem: Problem, fault: Fault, not: readonly number[]): Solution | undefined {
  for (let attempt = 0; attempt < 60; attempt++) {
    const solution = faulty(draw, problem, fault)
    if (solution.lines.every((line) => isCount(line.result)) && !not.includes(solution.final)) return solution
  }
  return undefined
}

function ask(draw: Draw, problem: Problem): string {
  const wording = filled(draw.pick(problem.family.wordings), { ...problem.numbers, ...problem.names })
  const opening = draw.chance(0.5) ? [draw.pick(MATH_OPENINGS)] : []
  const closing = draw.chance(0.5) ? [draw.pick(MATH_CLOSINGS)] : []
  return [...opening, wording, ...closing].join(' ')
}

function faulty(draw: Draw, problem: Problem, fault: Fault): Solution {
  switch (fault) {
    case 'slip':
      return ending(slippedLines(draw, problem))
    case 'stray-number':
      return ending(linesOf(problem.family.steps, strayNumbers(draw, problem.numbers), problem.names))
    case 'wrong-final':
      return { lines: problem.lines, final: missed(draw, problem.value) }
    case 'wrong-sign':
      return ending(linesOf(wrongSteps(draw, problem.family.steps), problem.numbers, problem.names))
  }
}

function ending(lines: readonly Line[]): Solution {
  return { lines, final: lines.at(-1)!.result }
}

function wrongSteps(draw: Draw, steps: readonly Step[]): Step[] {
  const at = draw.integer(0, steps.length - 1)
  return steps.map((step, i) => (i === at ? { ...step, sign: otherSign(draw, step.sign) } : step))
}

/** A number near `value` that is not `value`. */
function missed(draw: Draw, value: number): number {
  const offset = draw.pick([1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 20])
  return value - offset > 1 && draw.chance(0.5) ? value - offset : value + offset
}

/** One equation states a wrong result, and what follows is calculated from that result. */
function slippedLines(draw: Draw, problem: Problem): Line[] {
  const { steps } = problem.family
  const at = draw.integer(0, steps.length - 1)
  const values: Record<string, number> = { ...problem.numbers }
  return steps.map((step, i) => {
    const [left, right] = [values[step.left]!, values[step.right]!]
    const honest = calculate(left, step.sign, right)
    const result = i === at ? missed(draw, honest) : honest
    values[step.name] = result
    return { left, sign: step.sign, right, result, says: filled(step.says, problem.names) }
  })
}

function strayNumbers(draw: Draw, numbers: Readonly<Record<string, number>>): Record<string, number> {
  const name = draw.pick(Object.keys(numbers))
  const stray = missed(draw, numbers[name]!)
  return Object.values(numbers).includes(stray) ? strayNumbers(draw, numbers) : { ...numbers, [name]: stray }
}

function otherSign(draw: Draw, sign: Step['sign']): Step['sign'] {
  const signs: readonly Step['sign'][] = ['+', '-', '*', '/']
  return draw.pick(signs.filter((other) => other !== sign))
}

function write(draw: Draw, problem: Problem, solution: Solution): string {
  const equations = solution.lines.map((line) => equation(draw, line))
  const unit = filled(problem.family.unit, problem.names)
  const final = filled(draw.pick(MATH_ANSWERS), { v: solution.final, u: unit })
  const remarks = draw.sample(MATH_REMARKS, draw.pick([0, 0, 1, 1, 2]))
  switch (draw.pick(['prose', 'steps', 'bullets', 'answer-first', 'terse', 'paragraphs'])) {
    case 'steps':
      return [...equations.map((line, i) => `${i + 1}. ${line}`), final, ...remarks].join('\n')
    case 'bullets':
      return [...remarks, ...equations.map((line) => `- ${line}`), final].join('\n')
    case 'answer-first':
      return [final, draw.pick(['Here is why.', 'The working:', 'This is how it comes about.']), ...equations].join(' ')
    case 'terse':
      return `${solution.lines.map(bare).join('; ')}. ${final}`
    case 'paragraphs':
      return [...equations, ...remarks, final].join('\n\n')
    default:
      return [...remarks, ...equations, final].join(' ')
  }
}

function equation(draw: Draw, line: Line): string {
  const written = bare(line)
  return draw.pick([
    `${capitalised(line.says)}: ${written}.`,
    `${written} (${line.says}).`,
    `We find ${written} (${line.says}).`,
  ])
}

function bare(line: Line): string {
  return `${line.left} ${line.sign} ${line.right} = ${line.result}`
}
