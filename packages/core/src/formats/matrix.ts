import type { Study, StudyTuning } from './study.js'
import { neededParts, type StudyPairs } from './study-pairs.js'

/** A value of an axis: whatever the parameter takes. */
export type AxisValue = string | number | boolean | null | Readonly<Record<string, unknown>> | readonly unknown[]

/**
 * An ablation: one tuning of the study, repeated for every combination of the axes' values and evaluated on the same
 * held-out comparisons.
 */
export interface StudyMatrix {
  /** The tuning that the cells vary. */
  readonly tuning: string
  /**
   * Values by parameter: `count` (how many training pairs, 0 for the untuned judge, `all` for all), `seed` (of the nested
   * subset and of the training), and any parameter of the study's pairs and of the tuning, as `pairs.strategy`, `tuning.beta`
   * or `tuning.hosted.loraRank`. The value null is the parameter left out, where it may be.
   */
  readonly axes: Readonly<Record<string, readonly AxisValue[]>>
  /** How much accuracy may be lost and still count as as good, in (0, 1). */
  readonly margin: number
  /** How many cells backend local tunes at once; absent, as many as there are processors. */
  readonly workers?: number | undefined
}

/** One combination of values. */
export interface MatrixCell {
  /** The values by axis, in the order of the axes. */
  readonly at: Readonly<Record<string, AxisValue>>
  readonly count: number | 'all'
  readonly seed: number
  readonly pairs: StudyPairs
  readonly tuning: StudyTuning
}

/** Every combination of the axes' values, the last axis turning fastest. @throws {RangeError} if the study has no matrix */
export function matrixCells({ matrix, tuning, pairs }: Study): MatrixCell[] {
  const base = tuning.find(({ name }) => name === matrix?.tuning)
  if (matrix === undefined || base === undefined || pairs === undefined)
    throw new RangeError('matrixCells needs a study with a matrix, pairs and the tuning that it varies')
  let combinations: Record<string, AxisValue>[] = [{}]
  for (const [axis, values] of Object.entries(matrix.axes))
    combinations = combinations.flatMap((at) => values.map((value) => ({ ...at, [axis]: value })))
  return combinations.map((at) => {
    const seed = typeof at.seed === 'number' ? at.seed : base.seed
    return {
      at,
      count: (at.count ?? 'all') as MatrixCell['count'],
      seed,
      pairs: withoutUnneeded(withValues(pairs, at, 'pairs.'), at),
      tuning: { ...withoutSmoothing(withValues(base, at, 'tuning.'), at), seed },
    }
  })
}

/** A part of the study with the values of the axes whose names begin with its name; null takes a field away. */
function withValues<T extends object>(part: T, at: Readonly<Record<string, AxisValue>>, prefix: string): T {
  return Object.entries(at)
    .filter(([axis]) => axis.startsWith(prefix))
    .reduce((held, [axis, value]) => withField(held, axis.slice(prefix.length).split('.'), value), part)
}

/** An object with another value at a path of fields. */
export function withField<T extends object>(part: T, [field, ...inner]: readonly string[], value: unknown): T {
  if (field === undefined) return part
  const { [field]: held, ...others } = part as Record<string, unknown>
  if (inner.length > 0) return { ...others, [field]: withField((held ?? {}) as object, inner, value) } as T
  return (value === null ? others : { ...others, [field]: value }) as T
}

/**
 * A cell needs not all that the study says for the sake of other cells: a judge is of judging strategies, a number of rejected
 * responses and scores are of some choices, two shuffles of the published split. What an axis says itself stays, and is refused.
 */
function withoutUnneeded(pairs: StudyPairs, at: Readonly<Record<string, AxisValue>>): StudyPairs {
  const { judge, scores, ...others } = pairs
  const isOurs = (field: string): boolean => !Object.hasOwn(at, `pairs.${field}`)
  const needed = neededParts(pairs)
  return {
    ...others,
    ...(judge === undefined || (!needed.judge && isOurs('judge')) ? {} : { judge }),
    ...(scores === undefined || (!needed.scores && isOurs('scores')) ? {} : { scores }),
    ...(!needed.perExample && isOurs('perExample') ? { perExample: 1 } : {}),
    ...(!needed.shuffles && isOurs('shuffles') ? { shuffles: 1 } : {}),
  }
}

function withoutSmoothing(tuning: StudyTuning, at: Readonly<Record<string, AxisValue>>): StudyTuning {
  const isUnneeded = tuning.loss !== 'cdpo' && !Object.hasOwn(at, 'tuning.labelSmoothing')
  return isUnneeded ? { ...tuning, labelSmoothing: 0 } : tuning
}
