import type { Study, StudyTuning } from './study.js'
import type { StudyPairs } from './study-pairs.js'

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
   * subset and of the training), and any parameter of the study's pairs and of the tuning, as `pairs.strategy` or `tuning.beta`.
   */
  readonly axes: Readonly<Record<string, readonly AxisValue[]>>
  /** How much accuracy may be lost and still count as as good, in (0, 1). */
  readonly margin: number
  /** How many cells are tuned at once; absent, as many as there are processors. */
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
      pairs: withValues(pairs, at, 'pairs.'),
      tuning: { ...withValues(base, at, 'tuning.'), seed },
    }
  })
}

/** A part of the study with the values of the axes whose names begin with its name. */
function withValues<T extends object>(part: T, at: Readonly<Record<string, AxisValue>>, prefix: string): T {
  const own = Object.entries(at).filter(([axis]) => axis.startsWith(prefix))
  return { ...part, ...Object.fromEntries(own.map(([axis, value]) => [axis.slice(prefix.length), value])) }
}
