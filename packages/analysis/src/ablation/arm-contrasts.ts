import type { AxisValue, StudyEvaluation } from '@judgelab/core'
import type { Sureness } from '../accuracy.js'
import { holmOver } from '../contrast.js'
import { promptKeys } from '../prompts.js'
import { type CountContrast, countContrasts } from './count-contrasts.js'
import { type JudgedCell, mean, oncePerRun, type ScoredRun, scoredRuns } from './scored-runs.js'

/** One value of an axis against the axis's first value, everything else averaged. */
export interface AxisEffect extends Omit<CountContrast, 'detectable'> {
  readonly axis: string
  readonly value: AxisValue
  readonly against: AxisValue
  /** Arms that have the value; as many have the first one. */
  readonly arms: number
  readonly n: number
}

/** What arms say against each other. */
export interface ArmContrasts {
  /** The number of pairs with which they are compared, the largest that all have; null where none is common: then each has its largest. */
  readonly comparedWith: number | null
  /** Every arm against the first: same length and order as the arms; null for the first. */
  readonly againstFirst: readonly (CountContrast | null)[]
  /** Every value of every axis against the axis's first; empty with fewer than two axes, where it is the same as the above. */
  readonly effects: readonly AxisEffect[]
}

/**
 * Arms against each other with the same number of pairs, on the comparisons that count for every run of every arm.
 *
 * The effect of an axis averages, seed by seed, over the arms that share a value: a full crossing makes every run speak on
 * every axis. p is adjusted by Holm over the arms, and over all values of all axes.
 *
 * @param arms the cells of each arm
 */
export function armContrasts(
  arms: readonly (readonly JudgedCell[])[],
  axes: Readonly<Record<string, readonly AxisValue[]>>,
  policies: Pick<StudyEvaluation, 'ties' | 'failures'>,
  sureness: Sureness,
): ArmContrasts {
  const comparedWith = largestOfAll(arms)
  const compared = arms.map((cells) => cellsWith(cells, comparedWith ?? largestOf(cells)))
  const { runs, verdicts } = scoredRuns(compared.flat(), policies)
  const clusters = promptKeys(verdicts, sureness.promptOf)
  const ofArm = (index: number): readonly ScoredRun[] => {
    const from = compared.slice(0, index).reduce((sum, cells) => sum + cells.length, 0)
    return runs.slice(from, from + (compared[index] as readonly JudgedCell[]).length)
  }
  const held = arms.map((cells, index) => ({ at: cells[0]?.at ?? {}, runs: ofArm(index) }))
  const options = { against: 0, clusters, sureness }
  const byArm = countContrasts(
    held.flatMap((arm, index) => placed(arm.runs, index)),
    { ...options, family: 'arms against the first' },
  )
  return {
    comparedWith,
    againstFirst: arms.map((_, index) => byArm.get(index) ?? null),
    effects: axisEffects(held, axes, options),
  }
}

/** The largest number of pairs above 0 that every arm was tuned on. */
function largestOfAll(arms: readonly (readonly JudgedCell[])[]): number | null {
  const common = (arms[0] ?? []).filter(
    ({ pairs }) => pairs > 0 && arms.every((cells) => cells.some((cell) => cell.pairs === pairs)),
  )
  return common.length === 0 ? null : largestOf(common)
}

function largestOf(cells: readonly JudgedCell[]): number {
  return Math.max(...cells.map(({ pairs }) => pairs))
}

/** The cells of one number of pairs, once a run. */
function cellsWith(cells: readonly JudgedCell[], count: number): readonly JudgedCell[] {
  return oncePerRun(cells.filter(({ pairs }) => pairs === count))
}

/** Runs under a number that stands for their group, where numbers of pairs are compared. */
function placed(runs: readonly ScoredRun[], group: number): ScoredRun[] {
  return runs.map((run) => ({ ...run, pairs: group }))
}

interface HeldArm {
  readonly at: JudgedCell['at']
  readonly runs: readonly ScoredRun[]
}

function axisEffects(
  arms: readonly HeldArm[],
  axes: Readonly<Record<string, readonly AxisValue[]>>,
  options: { readonly against: number; readonly clusters: readonly string[]; readonly sureness: Sureness },
): AxisEffect[] {
  const varied = Object.entries(axes).filter(
    ([axis, values]) => axis !== 'count' && axis !== 'seed' && values.length > 1,
  )
  if (varied.length < 2) return []
  const family = 'values of the axes against the first of each'
  const effects = varied.flatMap(([axis, values]) => {
    const groups = values.map((value) => arms.filter(({ at }) => isSame(at[axis], value)))
    const averaged = groups.flatMap((group, index) => placed(overArms(group), index))
    const contrasts = countContrasts(averaged, { ...options, family })
    return values.flatMap((value, index) => {
      const contrast = contrasts.get(index)
      if (contrast === undefined) return []
      const { difference, p, adjusted } = contrast
      const [against, counted] = [values[0] as AxisValue, (groups[index] as HeldArm[]).length]
      return [{ axis, value, against, arms: counted, n: options.clusters.length, difference, p, adjusted }]
    })
  })
  return adjustedOver(effects, family)
}

function isSame(a: AxisValue | undefined, b: AxisValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** For each seed one run that is the mean of the arms' runs of that seed. */
function overArms(arms: readonly HeldArm[]): ScoredRun[] {
  const seeds = [...new Set(arms.flatMap(({ runs }) => runs.map(({ seed }) => seed)))]
  return seeds.map((seed) => {
    const held = arms.flatMap(({ runs }) => runs.filter((run) => run.seed === seed))
    const scores = (held[0]?.scores ?? []).map((_, at) => mean(held.map((run) => run.scores[at] as number)))
    return { pairs: 0, seed, runId: '', scores }
  })
}

/** Holm's correction again, over all axes. */
function adjustedOver(effects: readonly AxisEffect[], family: string): AxisEffect[] {
  const adjusted = holmOver(
    effects.map(({ p }) => p),
    family,
  )
  return effects.map((effect, at) => ({ ...effect, adjusted: adjusted[at] ?? null }))
}
