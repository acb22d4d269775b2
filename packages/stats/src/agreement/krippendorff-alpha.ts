import { unknownOption } from '../check/unknown-option.js'
import type { Interval } from '../interval.js'
import type { BootstrapOptions } from '../resampling/bootstrap.js'
import type { BootstrapMethod } from '../resampling/bootstrap-limits.js'
import { bootstrapRows } from '../resampling/bootstrap-rows.js'
import type { Rating } from './agreement-table.js'

/** What the ratings mean: names, ranks, or numbers on a scale of equal steps. */
export type MeasurementLevel = 'nominal' | 'ordinal' | 'interval'

/** Krippendorff's alpha; `n` counts the units with at least two ratings. */
export interface KrippendorffAlpha extends Interval {
  readonly quantity: 'agreement'
  readonly method: 'krippendorff-alpha'
  readonly measurement: MeasurementLevel
  /** ratings that can be paired with another of their unit */
  readonly pairableRatings: number
  /** how the limits were made; `none` where no resampling was asked for: low and high are NaN */
  readonly limits: BootstrapMethod | 'none'
}

/** The level of measurement (not of confidence) and, for an interval, how to resample units. */
export interface KrippendorffOptions {
  readonly level: MeasurementLevel
  readonly resampling?: BootstrapOptions
}

/**
 * Krippendorff's alpha: agreement of any number of raters, with missing ratings.
 *
 * 1 − Do/De = 1 − (N − 1)·Σ o(c,k)·δ²(c,k) / Σ n(c)·n(k)·δ²(c,k), with o(c,k) the coincidences of values within units,
 * each unit of m ratings counting 1/(m − 1) for each ordered pair, n their margins and N their total. δ² is 0 or 1
 * (`nominal`), the squared count of ratings between two ranks (`ordinal`: Σ n(g) from c to k less half of both ends), or
 * the squared difference (`interval`). Units with fewer than two ratings carry no information.
 *
 * For judges, pass slots or ratings, with null for a failed call. The interval resamples units.
 * Undefined where all pairable ratings are the same or there are none: value is NaN.
 *
 * @param units one row a unit, its ratings in any order, null or undefined where missing
 * @param options.level `nominal`, `ordinal` or `interval`; the latter two need numbers
 * @param options.resampling as for `bootstrap`; without it low and high are NaN
 * @returns alpha, at most 1
 * @throws {RangeError} if a rating is NaN; {TypeError} if one is no number where numbers are needed
 * @see Krippendorff (2011), Computing Krippendorff's alpha-reliability
 * @example krippendorffAlpha([[1, 1], [2, 2], [1, 2]], { level: 'nominal' }).value // 0.4444
 */
export function krippendorffAlpha(
  units: readonly (readonly (Rating | null | undefined)[])[],
  { level: measurement, resampling }: KrippendorffOptions,
): KrippendorffAlpha {
  const pairable = units.map((unit) => unit.filter((rating) => rating !== null && rating !== undefined))
  const rated = pairable.filter((unit) => unit.length > 1)
  const values = sortedValues(rated, measurement)
  const places = new Map(values.map((value, i) => [value, i]))
  const rows = rated.map((unit) => unit.map((rating) => places.get(rating)!))
  const distance = distanceOf(values, measurement)
  const statistic = (drawn: Float64Array): number => alphaOf(rows, drawn, values.length, distance)
  const interval = resampling && rows.length > 0 ? bootstrapRows(rows.length, statistic, resampling) : undefined
  return {
    quantity: 'agreement',
    method: 'krippendorff-alpha',
    measurement,
    value: statistic(Float64Array.from(rows, (_, i) => i)),
    low: interval?.low ?? Number.NaN,
    high: interval?.high ?? Number.NaN,
    n: rows.length,
    level: resampling?.level ?? 0.95,
    pairableRatings: rows.reduce((sum, row) => sum + row.length, 0),
    limits: interval?.method ?? 'none',
  }
}

function sortedValues(units: readonly (readonly Rating[])[], measurement: MeasurementLevel): readonly Rating[] {
  const values = [...new Set(units.flat())]
  for (const value of values) {
    if (Number.isNaN(value)) throw new RangeError('krippendorffAlpha needs ratings that are not NaN, got NaN')
    if (measurement !== 'nominal' && typeof value !== 'number') {
      throw new TypeError(`krippendorffAlpha needs numbers for ${measurement} ratings, got '${value}'`)
    }
  }
  return values.sort((x, y) =>
    typeof x === 'number' && typeof y === 'number' ? x - y : String(x) < String(y) ? -1 : 1,
  )
}

/** The squared distance of the i-th and j-th value, i < j, given the margins of all values. */
type Distance = (i: number, j: number, margins: Float64Array) => number

function distanceOf(values: readonly Rating[], measurement: MeasurementLevel): Distance {
  switch (measurement) {
    case 'nominal':
      return () => 1
    case 'ordinal':
      return (i, j, margins) => {
        let between = (margins[i]! + margins[j]!) / 2
        for (let g = i + 1; g < j; g++) between += margins[g]!
        return between * between
      }
    case 'interval':
      return (i, j) => ((values[j] as number) - (values[i] as number)) ** 2
    default:
      throw unknownOption('krippendorffAlpha', 'level', measurement)
  }
}

function alphaOf(
  rows: readonly (readonly number[])[],
  drawn: Float64Array,
  values: number,
  distance: Distance,
): number {
  const coincidences = new Float64Array(values * values)
  const margins = new Float64Array(values)
  for (let u = 0; u < drawn.length; u++) {
    const row = rows[drawn[u]!]!
    for (let i = 0; i < row.length; i++) {
      margins[row[i]!]!++
      for (let j = 0; j < row.length; j++)
        if (i !== j) coincidences[row[i]! * values + row[j]!]! += 1 / (row.length - 1)
    }
  }
  let observed = 0
  let expected = 0
  for (let i = 0; i < values; i++) {
    for (let j = i + 1; j < values; j++) {
      const d = distance(i, j, margins)
      observed += d * coincidences[i * values + j]!
      expected += d * margins[i]! * margins[j]!
    }
  }
  const total = margins.reduce((sum, margin) => sum + margin, 0)
  return expected === 0 ? Number.NaN : 1 - ((total - 1) * observed) / expected
}
