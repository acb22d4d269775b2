import { ConfigError, type Study, type StudyPairs, suggestion } from '@judgelab/core'
import type { Benchmark } from '@judgelab/datasets'

/** @throws {ConfigError} for a cap of a subset that the benchmark does not have */
export function checkCaps({ cap }: StudyPairs, benchmark: Benchmark): void {
  if (typeof cap === 'object') checkSubsets(Object.keys(cap), 'pairs.cap', benchmark)
}

/** @throws {ConfigError} for criteria of a subset that the benchmark does not have, which no judge would ever be told */
export function checkCriteria({ judges, controls }: Study, benchmark: Benchmark): void {
  for (const [part, asked] of Object.entries({ judges, controls }))
    for (const { name, criteria } of asked) {
      const subsets = Object.keys(criteria ?? {}).filter((subset) => subset !== '*')
      if (subsets.length > 0) checkSubsets(subsets, `${part}.${name}.criteria`, benchmark)
    }
}

function checkSubsets(named: readonly string[], field: string, { examples }: Benchmark): void {
  const subsets = [...new Set(examples.map(({ subset }) => subset))]
  for (const name of named)
    if (!subsets.includes(name))
      throw new ConfigError(
        `expected a subset of the benchmark (${subsets.join(', ')}), found "${name}"${suggestion(name, subsets)}`,
        `${field}.${name}`,
      )
}
