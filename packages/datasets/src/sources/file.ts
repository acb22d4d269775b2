import { basename } from 'node:path'
import { type BenchmarkColumns, type BenchmarkFormat, ConfigError, type ProblemPolicy } from '@judgelab/core'
import { type Benchmark, benchmarkOf } from '../benchmark.js'
import { createProblemLog } from '../validation/problem-log.js'
import { collectExamples } from './collect-examples.js'
import { createColumnReader } from './column-reader.js'
import { describePreview, previewFile } from './preview-file.js'
import type { Watched } from './read-examples.js'
import { formatOf } from './rows/read-rows.js'

/** A researcher's own file. */
export interface OwnFile extends Watched {
  readonly path: string
  /** The path as the study has it, which the error about a missing mapping shows; defaults to `path`. */
  readonly named?: string | undefined
  /** Defaults to what the file's name says. */
  readonly format?: BenchmarkFormat | undefined
  readonly columns?: BenchmarkColumns | undefined
  readonly problems?: ProblemPolicy | undefined
}

/**
 * A researcher's own JSONL, CSV or Parquet file, its columns mapped as she says.
 *
 * @throws {ConfigError} without a mapping: it shows the columns, their first values and the mapping that they suggest
 * @throws {DatasetFormatError} as `readExamples`
 */
export async function loadFile({
  path,
  named = path,
  format = formatOf(path),
  columns,
  problems = 'strict',
  ...watched
}: OwnFile): Promise<Benchmark> {
  if (columns === undefined) {
    const preview = await previewFile(path, { format })
    throw new ConfigError(
      `expected the mapping of the columns of ${named}, found nothing\n${describePreview(preview)}`,
      'benchmark.columns',
    )
  }
  const log = createProblemLog(problems)
  const fromRow = createColumnReader(columns, log.note)
  const collected = await collectExamples({ ...watched, files: [path], format, fromRow, ownership: 'own', log })
  const name = basename(path)
  return benchmarkOf(
    { name, synthetic: false, about: `The researcher’s own file ${name}.`, ...collected },
    collected.fingerprint,
  )
}
