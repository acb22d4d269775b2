import type { z } from 'zod'
import { DatasetFormatError } from '../errors.js'
import { benchmarkFileSchema } from '../schemas/benchmark-file.js'
import { exampleSchema } from '../schemas/example.js'
import { judgmentSchema } from '../schemas/judgment.js'
import { modelRegistrySchema } from '../schemas/model-registry.js'
import { preferencePairSchema } from '../schemas/preference-pair.js'
import { problemsOf } from '../schemas/problem.js'
import { runManifestSchema } from '../schemas/run-manifest.js'
import { splitFileSchema } from '../schemas/split.js'
import type { BenchmarkFile } from './benchmark-file.js'
import type { Example } from './example.js'
import type { Judgment } from './judgment.js'
import type { ModelRegistry } from './model-registry.js'
import type { PreferencePair } from './preference-pair.js'
import type { RunManifest } from './run-manifest.js'
import type { SplitFile } from './split.js'

/** Where a value was read, for its errors. */
export interface Where {
  readonly file: string
  /** From 1; absent where the file is one value. */
  readonly line?: number | undefined
}

/** A value as an example. @throws {DatasetFormatError} naming file, line, field, what was expected and what was found */
export function parseExample(value: unknown, where: Where): Example {
  return parseWith(exampleSchema, 1, 'v', value, where)
}

/** A value as a line of a judgment log. @throws {DatasetFormatError} as `parseExample` */
export function parseJudgment(value: unknown, where: Where): Judgment {
  return parseWith(judgmentSchema, 1, 'v', value, where)
}

/** A value as a preference pair. @throws {DatasetFormatError} as `parseExample` */
export function parsePreferencePair(value: unknown, where: Where): PreferencePair {
  return parseWith(preferencePairSchema, 1, 'v', value, where)
}

/** A value as a run manifest. @throws {DatasetFormatError} as `parseExample` */
export function parseRunManifest(value: unknown, where: Where): RunManifest {
  return parseWith(runManifestSchema, 1, 'formatVersion', value, where)
}

/** A value as what stands beside a kept benchmark's examples. @throws {DatasetFormatError} as `parseExample` */
export function parseBenchmarkFile(value: unknown, where: Where): BenchmarkFile {
  return parseWith(benchmarkFileSchema, 1, 'formatVersion', value, where)
}

/** A value as a split's file. @throws {DatasetFormatError} as `parseExample` */
export function parseSplitFile(value: unknown, where: Where): SplitFile {
  return parseWith(splitFileSchema, 1, 'formatVersion', value, where)
}

/** A value as a model registry. @throws {DatasetFormatError} as `parseExample` */
export function parseModelRegistry(value: unknown, where: Where): ModelRegistry {
  return parseWith(modelRegistrySchema, 1, 'formatVersion', value, where)
}

function parseWith<T>(schema: z.ZodType<T>, version: number, versionField: string, value: unknown, where: Where): T {
  refuseNewer(version, versionField, value, where)
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [problem] = problemsOf(parsed.error, value)
  const field = [...(problem?.path ?? []), ...(problem?.key === undefined ? [] : [problem.key])].join('.')
  throw new DatasetFormatError(
    problem?.message ?? parsed.error.message,
    { ...where, ...(field === '' ? {} : { field }) },
    { cause: parsed.error },
  )
}

function refuseNewer(version: number, versionField: string, value: unknown, where: Where): void {
  const found =
    value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[versionField] : undefined
  if (typeof found === 'number' && found > version)
    throw new DatasetFormatError(
      `written by a newer judgelab: format version ${found}, this one reads up to ${version}; nothing was changed`,
      { ...where, field: versionField },
    )
}
