import { requirePositiveCount } from '../check/require-count.js'
import { unknownOption } from '../check/unknown-option.js'
import { type ProportionInterval, proportionInterval } from '../proportion/proportion-interval.js'
import { requireForecasts } from './require-forecasts.js'

/** Bins of equal width on [0, 1], or of about equal numbers of items. */
export type Binning = 'equal-width' | 'equal-mass'

/** How to bin: the number of bins (default 10) and their kind (default `equal-width`). */
export interface BinningOptions {
  readonly bins?: number
  readonly binning?: Binning
}

/** The items of one bin of a reliability curve. */
export interface ReliabilityBin {
  readonly n: number
  /** smallest and largest probability in the bin */
  readonly from: number
  readonly to: number
  readonly meanProbability: number
  /** share of label 1 with Wilson's interval */
  readonly observed: ProportionInterval
}

/**
 * Reliability curve: how often label 1 came true, by the probability that was given.
 *
 * `equal-width` puts p in bin min(floor(p·bins), bins − 1). `equal-mass` orders the items and puts the one with r items
 * strictly below it in bin floor(r·bins / n), so that equal probabilities stay together and the order of items does not
 * matter. Empty bins are left out.
 *
 * @param probabilities in [0, 1], of label 1
 * @param labels 0 or 1: same length and order as `probabilities`
 * @param options.bins defaults to 10
 * @param options.binning defaults to `equal-width`
 * @param options.level coverage of the bins' intervals in (0, 1); defaults to 0.95
 * @returns non-empty bins in ascending order
 * @throws {RangeError} if lengths differ, a probability is outside [0, 1], a label is neither 0 nor 1, or bins < 1
 * @see Guo et al. (2017), On calibration of modern neural networks, section 2
 * @example reliabilityCurve([0.1, 0.2, 0.9], [0, 1, 1], { bins: 2 }).map((b) => b.observed.value) // 0.5, 1
 */
export function reliabilityCurve(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  { bins = 10, binning = 'equal-width', level = 0.95 }: BinningOptions & { readonly level?: number } = {},
): readonly ReliabilityBin[] {
  requireForecasts('reliabilityCurve', probabilities, labels)
  requirePositiveCount('reliabilityCurve', 'bins', bins)
  const members = Array.from({ length: bins }, (): number[] => [])
  binOf(probabilities, bins, binning).forEach((bin, i) => {
    members[bin]!.push(i)
  })
  return members
    .filter((items) => items.length > 0)
    .map((items): ReliabilityBin => {
      const p = items.map((i) => probabilities[i]!)
      const meanProbability = p.reduce((sum, value) => sum + value, 0) / p.length
      const right = items.reduce((sum, i) => sum + labels[i]!, 0)
      const observed = proportionInterval(right, items.length, { level })
      const from = p.reduce((least, value) => Math.min(least, value))
      const to = p.reduce((most, value) => Math.max(most, value))
      return { n: items.length, from, to, meanProbability, observed }
    })
}

function binOf(probabilities: ArrayLike<number>, bins: number, binning: Binning): number[] {
  const p = Array.from(probabilities)
  switch (binning) {
    case 'equal-width':
      return p.map((value) => Math.min(bins - 1, Math.floor(value * bins)))
    case 'equal-mass': {
      const ascending = Float64Array.from(p).sort()
      const below = new Map<number, number>()
      ascending.forEach((value, rank) => {
        if (!below.has(value)) below.set(value, rank)
      })
      return p.map((value) => Math.floor((below.get(value)! * bins) / p.length))
    }
    default:
      throw unknownOption('reliabilityCurve', 'binning', binning)
  }
}
