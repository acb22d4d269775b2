import { type BootstrapInterval, type BootstrapOptions, bootstrap } from './bootstrap.js'

/** Bootstrap interval of a statistic of whole rows: `statistic` gets the row numbers drawn. */
export function bootstrapRows(
  rows: number,
  statistic: (drawn: Float64Array) => number,
  options: BootstrapOptions,
): BootstrapInterval {
  return bootstrap(
    Array.from({ length: rows }, (_, i) => i),
    statistic,
    options,
  )
}
