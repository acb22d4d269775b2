import { canonicalJson } from '../digest.js'
import { type Problem, problemsOf, suggestion } from '../schemas/problem.js'
import { studyTuningSchema } from '../schemas/study.js'
import { studyPairsSchema } from '../schemas/study-pairs.js'
import { type AxisValue, type MatrixCell, matrixCells, withField } from './matrix.js'
import type { Study, StudyTuning } from './study.js'
import { strategiesOf } from './study-pairs.js'
import { studyPairsProblems } from './study-pairs-problems.js'
import { tuningProblems } from './tuning-problems.js'

/** Axes that are no parameter of pairs or tuning. */
const OWN_AXES: readonly string[] = ['count', 'seed']

/** Axes that there are not, values that their parameters do not take, and combinations that have no meaning. */
export function matrixProblems(study: Study): Problem[] {
  const { matrix, tuning, pairs } = study
  if (matrix === undefined) return []
  const base = tuning.find(({ name }) => name === matrix.tuning)
  if (base === undefined) {
    const known = tuning.map(({ name }) => name)
    const message = `expected the name of a tuning of this study, found "${matrix.tuning}"${suggestion(matrix.tuning, known)}`
    return [{ path: ['matrix', 'tuning'], message }]
  }
  const parts = { pairs: pairs ?? {}, tuning: base }
  const problems = Object.entries(matrix.axes).flatMap(([axis, values]) => {
    const problem = axisProblem(axis, base)
    if (problem !== undefined) return [{ path: ['matrix', 'axes'], key: axis, message: problem }]
    const texts = values.map((value) => canonicalJson(value))
    return values.flatMap((value, at) => {
      const first = texts.indexOf(texts[at] as string)
      const messages =
        first < at
          ? [`expected each value once, found ${texts[at]} again`] // a seed that is counted twice says more than it knows
          : valueProblems(axis, value, parts)
      return messages.map((message) => ({ path: ['matrix', 'axes', axis, at], message }))
    })
  })
  return problems.length > 0 || pairs === undefined ? problems : cellProblems(study)
}

/** Why a name is no axis of this tuning; undefined where it is one. */
function axisProblem(axis: string, { backend }: StudyTuning): string | undefined {
  const [part, field] = splitOnce(axis)
  if (field === undefined) return OWN_AXES.includes(axis) ? undefined : unknownAxis(axis)
  if (part !== 'pairs' && part !== 'tuning') return unknownAxis(axis)
  if (part === 'pairs') return undefined
  if (field === 'seed') return 'expected the axis seed, which is of the subset and of the training'
  if (SAME_IN_EVERY_CELL.includes(field)) return `expected another axis: ${axis} is the same in every cell`
  if (backend === 'local' && field.startsWith('hosted'))
    return 'expected a parameter of backend local, found one of a hosted tuning'
  if (field === 'hosted') return 'expected one of its parameters, as tuning.hosted.loraRank'
  if (backend !== 'local' && OF_LOCAL.includes(field))
    return `expected a parameter that backend ${backend} has, found one of backend local${field === 'schedule' ? '; its own is tuning.hosted.schedule' : ''}`
  if (backend === 'together' && field === 'batchSize')
    return 'expected tuning.hosted.batchSize, which backend together has, found batchSize'
  return undefined
}

const SAME_IN_EVERY_CELL = [
  ...['name', 'label', 'base', 'backend'],
  ...['hosted.endpoint', 'hosted.maxPrice', 'hosted.timeLimitHours', 'hosted.weightsAndBiases'],
]

/** What no service is told. */
const OF_LOCAL = ['l2', 'patience', 'schedule']

function valueProblems(
  axis: string,
  value: AxisValue,
  parts: { readonly pairs: object; readonly tuning: object },
): string[] {
  const [part, field] = splitOnce(axis)
  if (field === undefined) return ownProblems(axis, value)
  const given = withField(parts[part as keyof typeof parts], field.split('.'), value)
  const parsed = (part === 'pairs' ? studyPairsSchema : studyTuningSchema).safeParse(given)
  return parsed.success ? [] : problemsOf(parsed.error, given).map(({ message }) => message)
}

function ownProblems(axis: string, value: unknown): string[] {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 0
  if (isCount || (axis === 'count' && value === 'all')) return []
  const expected = axis === 'count' ? 'an integer at least 0, or all' : 'an integer at least 0'
  return [`expected ${expected}, found ${JSON.stringify(value)}`]
}

/** What is wrong with cells whose values are each right by themselves: each problem once, at the value that it is about. */
function cellProblems(study: Study): Problem[] {
  const judges = study.judges.map(({ name }) => name)
  const found = new Map<string, Problem>()
  for (const cell of matrixCells(study)) {
    const problems = [
      ...studyPairsProblems(cell.pairs, judges),
      ...tuningProblems(cell.tuning, 0).map(({ path, message }) => ({ path: ['tuning', ...path.slice(2)], message })),
      ...strategyProblems(cell),
    ]
    for (const { path, message } of problems) {
      const placed = placedIn(study, cell, path.map(String), message)
      found.set(JSON.stringify(placed), placed)
    }
  }
  return [...found.values()]
}

/** The local policy chooses among responses by their logits: it gives no reasons, and always the same verdict. */
function strategyProblems({ pairs, tuning }: MatrixCell): Problem[] {
  if (tuning.backend !== 'local' || !strategiesOf(pairs).includes('critiques')) return []
  return [
    {
      path: ['pairs', 'strategy'],
      message:
        'expected strategy responses or verdicts for a tuning of backend local, whose policy writes no reasons, found critiques',
    },
  ]
}

/**
 * A cell's problem at the axis that it is about, or at another one of the same part, with the other axes of that part; at the
 * study's own part where no axis varies it.
 */
function placedIn({ matrix, tuning }: Study, { at }: MatrixCell, path: readonly string[], message: string): Problem {
  const [part = '', field = ''] = path
  const ofPart = Object.keys(at).filter((axis) => axis.startsWith(`${part}.`))
  const axis = ofPart.find((name) => name === `${part}.${field}`) ?? ofPart[0]
  if (axis === undefined) {
    const base = tuning.findIndex(({ name }) => name === matrix?.tuning)
    return { path: part === 'tuning' ? ['tuning', base, field] : path, message }
  }
  const others = ofPart.filter((name) => name !== axis).map((name) => `${name} ${JSON.stringify(at[name])}`)
  const place = matrix?.axes[axis]?.indexOf(at[axis] as AxisValue) ?? 0
  return {
    path: ['matrix', 'axes', axis, place],
    message: others.length === 0 ? message : `${message} (with ${others.join(', ')})`,
  }
}

function unknownAxis(axis: string): string {
  return `expected an axis count, seed, pairs.… or tuning.…, found "${axis}"${suggestion(axis, OWN_AXES)}`
}

function splitOnce(axis: string): [string, string | undefined] {
  const at = axis.indexOf('.')
  return at < 0 ? [axis, undefined] : [axis.slice(0, at), axis.slice(at + 1)]
}
