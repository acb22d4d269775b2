import { requireOpenFraction } from '../check/require-fraction.js'
import type { Interval } from '../interval.js'
import { bisect } from '../numeric/bisect.js'

/**
 * What two judges run in lockstep have shown so far: an anytime-valid interval and p, and whether it is decided.
 *
 * A plain record: from the first comparison on it may be saved and extended later. `value` is the mean of all differences
 * so far, NaN before the first.
 */
export interface PairedSequence extends Interval {
  readonly quantity: 'paired difference'
  readonly method: 'betting-mixture'
  /** anytime-valid p against no difference, in (0, 1]; it never rises */
  readonly p: number
  /** the judge whose lead is shown at the level, if any */
  readonly decided: 'a' | 'b' | null
  /** how often the sequence was looked at */
  readonly looks: number
  /** each distinct difference and how often it occurred, ascending */
  readonly tally: readonly (readonly [difference: number, count: number])[]
}

/**
 * An anytime-valid comparison of two judges, before any comparison was judged.
 *
 * @param options.level coverage in (0, 1) of the confidence sequence; defaults to 0.95
 * @returns n 0, value NaN, low −1, high 1, p 1, undecided
 * @throws {RangeError} if level is outside (0, 1)
 * @example extendPairedSequence(startPairedSequence({ level: 0.95 }), [1, 0, 0.5, -1])
 */
export function startPairedSequence({ level = 0.95 }: { readonly level?: number } = {}): PairedSequence {
  requireOpenFraction('startPairedSequence', 'level', level)
  const interval = {
    quantity: 'paired difference',
    method: 'betting-mixture',
    value: Number.NaN,
    low: -1,
    high: 1,
  } as const
  return { ...interval, n: 0, level, p: 1, decided: null, looks: 0, tally: [] }
}

/**
 * Adds differences to an anytime-valid comparison of two judges and looks at it.
 *
 * For each candidate mean δ, two gamblers bet against it: one stakes fractions t on larger differences, with wealth
 * K⁺(δ) = mean over t of Π (1 + t·(x − δ)/(1 + δ)), one on smaller, K⁻(δ) = mean over t of Π (1 − t·(x − δ)/(1 − δ)).
 * If the true mean is δ each wealth is a martingale from 1, so by Ville's inequality it ever reaches 2/α with
 * probability at most α/2. The confidence sequence holds the δ at which neither has; p is the least seen
 * 1 / max(½K⁺(0), ½K⁻(0)), at most 1. K⁺ falls and K⁻ rises in δ, so the set is an interval; limits only ever tighten.
 * The stakes t are 30, from 0.001 to 0.99 in equal ratios, so that effects of any size are found.
 *
 * So the two judges may be looked at after every comparison and stopped when `decided`: the chance of ever deciding
 * for a judge that is not better is at most (1 − level)/2. The price is an interval about 1.75 times as wide as that of
 * a test planned for this one n.
 *
 * Assumes that comparisons come in random order from the population of interest, one difference for each independent
 * unit: average a prompt's comparisons first.
 *
 * @param sequence what was known before
 * @param differences score of A minus score of B for each new unit, in [−1, 1]
 * @returns the sequence after this look; `sequence` is unchanged
 * @throws {RangeError} if a difference is outside [−1, 1]
 * @see Waudby-Smith, Ramdas (2024), Estimating means of bounded random variables by betting, J. R. Statist. Soc. B 86:1–27
 * @see Ville (1939), Étude critique de la notion de collectif
 * @example extendPairedSequence(startPairedSequence(), new Array(40).fill(1)).decided // 'a'
 */
export function extendPairedSequence(sequence: PairedSequence, differences: ArrayLike<number>): PairedSequence {
  const tally = addToTally(sequence.tally, differences)
  const n = sequence.n + differences.length
  const value = tally.reduce((sum, [x, count]) => sum + x * count, 0) / n
  const looks = sequence.looks + 1
  if (n === 0) return { ...sequence, looks }
  const needed = Math.log(2 / (1 - sequence.level))
  const low = lowerLimit(tally, value, needed, sequence.low)
  const high = -lowerLimit(mirrored(tally), -value, needed, -sequence.high)
  const wealth = Math.max(logWealth(tally, 0), logWealth(mirrored(tally), 0)) - Math.log(2)
  const p = Math.min(sequence.p, Math.exp(-wealth))
  const decided = sequence.decided ?? (low > 0 ? 'a' : high < 0 ? 'b' : null)
  return { ...sequence, value, low, high, n, p, decided, looks, tally }
}

type Tally = readonly (readonly [difference: number, count: number])[]

function addToTally(tally: Tally, differences: ArrayLike<number>): Tally {
  const counts = new Map(tally)
  for (let i = 0; i < differences.length; i++) {
    const x = differences[i]!
    if (!(x >= -1 && x <= 1)) {
      throw new RangeError(`extendPairedSequence needs differences in [-1, 1], got differences[${i}]=${x}`)
    }
    counts.set(x, (counts.get(x) ?? 0) + 1)
  }
  return [...counts].sort((x, y) => x[0] - y[0])
}

/** The stakes: from 0.001 to 0.99 in equal ratios. */
const STAKES: readonly number[] = Array.from({ length: 30 }, (_, j) => 0.001 * 990 ** (j / 29))

/** log K⁺(δ): the mean wealth of gamblers who bet on differences above δ; falls in δ. */
function logWealth(tally: Tally, delta: number): number {
  let largest = Number.NEGATIVE_INFINITY
  const logs = STAKES.map((stake) => {
    let log = 0
    for (const [x, count] of tally) log += count * Math.log1p((stake * (x - delta)) / (1 + delta))
    largest = Math.max(largest, log)
    return log
  })
  return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / STAKES.length)
}

function mirrored(tally: Tally): Tally {
  return tally.map(([x, count]) => [-x, count] as const)
}

/** The largest δ at which the upward gamblers have reached the needed wealth; the limit known before if it is no more. */
function lowerLimit(tally: Tally, mean: number, needed: number, before: number): number {
  const from = Math.max(before, -1 + 1e-9)
  if (mean <= from || logWealth(tally, from) < needed) return before
  return bisect((delta) => logWealth(tally, delta) - needed, from, mean, 1e-10)
}
