import { type Problem, problemsOf, suggestion } from '../schemas/problem.js'
import { studyTuningSchema } from '../schemas/study.js'
import { studyPairsSchema } from '../schemas/study-pairs.js'
import type { Study } from './study.js'

/** Axes that are no parameter of pairs or tuning. */
const OWN_AXES: readonly string[] = ['count', 'seed']

/** Axes that there are not, and values that their parameters do not take. */
export function matrixProblems({ matrix, tuning, pairs }: Study): Problem[] {
  if (matrix === undefined) return []
  const base = tuning.find(({ name }) => name === matrix.tuning)
  if (base === undefined) {
    const known = tuning.map(({ name }) => name)
    const message = `expected the name of a tuning of this study, found "${matrix.tuning}"${suggestion(matrix.tuning, known)}`
    return [{ path: ['matrix', 'tuning'], message }]
  }
  if (base.backend !== 'local')
    return [
      {
        path: ['matrix', 'tuning'],
        message: `expected a tuning of backend local, which a matrix repeats, found ${base.backend}`,
      },
    ]
  const parts = { pairs: pairs ?? {}, tuning: base }
  return Object.entries(matrix.axes).flatMap(([axis, values]) =>
    values.flatMap((value, at) =>
      valueProblems(axis, value, parts).map((problem) => ({ path: ['matrix', 'axes', axis, at], ...problem })),
    ),
  )
}

function valueProblems(
  axis: string,
  value: unknown,
  parts: { readonly pairs: object; readonly tuning: object },
): { message: string }[] {
  const [part, field] = splitOnce(axis)
  if (field === undefined) return ownProblems(axis, value)
  if (part !== 'pairs' && part !== 'tuning') return [{ message: unknownAxis(axis) }]
  if (['name', 'label', 'base', 'backend', 'seed', 'hosted'].includes(field) && part === 'tuning')
    return [{ message: `expected another axis: ${axis} is the same in every cell` }]
  const given = { ...parts[part], [field]: value }
  const parsed = (part === 'pairs' ? studyPairsSchema : studyTuningSchema).safeParse(given)
  return parsed.success ? [] : problemsOf(parsed.error, given).map(({ message }) => ({ message }))
}

function ownProblems(axis: string, value: unknown): { message: string }[] {
  if (!OWN_AXES.includes(axis)) return [{ message: unknownAxis(axis) }]
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 0
  if (isCount || (axis === 'count' && value === 'all')) return []
  const expected = axis === 'count' ? 'an integer at least 0, or all' : 'an integer at least 0'
  return [{ message: `expected ${expected}, found ${JSON.stringify(value)}` }]
}

function unknownAxis(axis: string): string {
  return `expected an axis count, seed, pairs.… or tuning.…, found "${axis}"${suggestion(axis, OWN_AXES)}`
}

function splitOnce(axis: string): [string, string | undefined] {
  const at = axis.indexOf('.')
  return at < 0 ? [axis, undefined] : [axis.slice(0, at), axis.slice(at + 1)]
}
