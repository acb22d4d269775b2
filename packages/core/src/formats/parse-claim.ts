import { claimSchema, type WrittenClaim } from '../schemas/claim.js'
import { type Problem, problemsOf, suggestion } from '../schemas/problem.js'
import { readYaml } from '../schemas/yaml-document.js'
import type { Claim, PrintedCount } from './claim.js'

/** The keys that each part of a claim file may have; for the nearest right name when a key is unknown. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  '': ['version', 'title', 'source', 'n', 'subsets', 'judges', 'contrasts', 'level'],
  judges: ['name', 'label', 'correct', 'ties', 'subsets'],
  contrasts: ['judge', 'against'],
}

/**
 * A claim from its YAML text.
 *
 * @param file named in errors
 * @throws {ConfigError} whose path is `file:line:column` of the first problem and whose message lists up to ten, each
 *   with the field, what was expected, what was found, and the nearest right name where one is near
 */
export function parseClaim(text: string, file: string): Claim {
  const { value, errorOf } = readYaml(text, file)
  const parsed = claimSchema.safeParse(value)
  const problems = parsed.success
    ? claimProblems(parsed.data)
    : parsed.error.issues.flatMap((issue) =>
        problemsOf({ issues: [issue] } as typeof parsed.error, value, KEYS[String(issue.path[0] ?? '')] ?? []),
      )
  if (parsed.success && problems.length === 0) return filledClaim(parsed.data)
  throw errorOf(problems)
}

function filledClaim({ judges, contrasts, level = 0.95, ...claim }: WrittenClaim): Claim {
  const [first, ...others] = judges.map(({ name }) => name) as [string, ...string[]]
  return {
    ...claim,
    level,
    judges: judges.map((judge) => ({ ...judge, label: judge.label ?? judge.name })),
    contrasts:
      contrasts ??
      (others.length === 1
        ? [{ judge: first, against: others[0] as string }]
        : others.map((judge) => ({ judge, against: first }))),
  }
}

/** Names that point nowhere, counts that do not fit each other. */
function claimProblems(claim: WrittenClaim): Problem[] {
  const names = claim.judges.map(({ name }) => name)
  return [
    ...sizeProblems(claim),
    ...claim.judges.flatMap((_, at) => judgeProblems(claim, at, names)),
    ...contrastProblems(claim, names),
  ]
}

function sizeProblems({ n, subsets }: WrittenClaim): Problem[] {
  if (subsets === undefined) return []
  const sum = Object.values(subsets).reduce((total, size) => total + size, 0)
  if (sum === n) return []
  return [{ path: ['subsets'], message: `expected sizes that add up to n, ${n}, found ${sum}` }]
}

function judgeProblems({ n, subsets = {}, judges }: WrittenClaim, at: number, names: readonly string[]): Problem[] {
  const { name, correct, ties, subsets: printed } = judges[at] as WrittenClaim['judges'][number]
  const path = ['judges', at]
  const problems: Problem[] = []
  if (names.indexOf(name) < at)
    problems.push({ path: [...path, 'name'], message: `expected a name of its own, found "${name}" a second time` })
  if (correct === undefined && printed === undefined)
    problems.push({ path, message: 'expected `correct:` or `subsets:`, found neither' })
  if (isCount(correct) && correct + (ties ?? 0) > n)
    problems.push({
      path: [...path, 'correct'],
      message: `expected at most n, ${n}${ties === undefined ? '' : `, with ${ties} ties`}, found ${correct}`,
    })
  if (printed === undefined) return problems
  const known = Object.keys(subsets)
  const left = known.filter((subset) => !(subset in printed))
  for (const subset of Object.keys(printed))
    if (!known.includes(subset))
      problems.push({
        path: [...path, 'subsets'],
        key: subset,
        message: `expected a subset of this claim, found "${subset}"${suggestion(subset, known)}`,
      })
  if (left.length > 0)
    problems.push({ path: [...path, 'subsets'], message: `expected every subset, found none for ${left.join(', ')}` })
  for (const [subset, value] of Object.entries(printed)) {
    const size = subsets[subset]
    if (size !== undefined && isCount(value) && value > size)
      problems.push({ path: [...path, 'subsets', subset], message: `expected at most ${size}, found ${value}` })
  }
  return problems
}

function contrastProblems({ contrasts = [] }: WrittenClaim, names: readonly string[]): Problem[] {
  return contrasts.flatMap(({ judge, against }, at): Problem[] => {
    const unknown = (['judge', 'against'] as const).flatMap((side) => {
      const name = side === 'judge' ? judge : against
      if (names.includes(name)) return []
      const message = `expected the name of a judge of this claim, found "${name}"${suggestion(name, names)}`
      return [{ path: ['contrasts', at, side], message }]
    })
    if (judge !== against || unknown.length > 0) return unknown
    return [{ path: ['contrasts', at], message: `expected two judges, found "${judge}" against itself` }]
  })
}

function isCount(value: PrintedCount | undefined): value is number {
  return typeof value === 'number'
}
