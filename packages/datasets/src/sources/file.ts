import { basename } from 'node:path'
import {
  type BenchmarkColumns,
  type BenchmarkFormat,
  ConfigError,
  type ProblemPolicy,
  suggestion,
} from '@judgelab/core'
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
 * @throws {ConfigError} without a mapping: it shows the columns, their first values and the mapping that they suggest; for a
 *   column that the file does not have, with those that it has
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
  const collected = await collectExamples({ ...watched, files: [path], format, fromRow, ownership: 'own', log }).catch(
    async (error: unknown) => {
      throw (await noSuchColumn(columns, { path, named, format })) ?? error
    },
  )
  const name = basename(path)
  return benchmarkOf(
    { name, synthetic: false, about: `The researcher’s own file ${name}.`, ...collected },
    collected.fingerprint,
  )
}

/** Rows in which a mapped column must have been seen: rows of JSONL may lack some. */
const ROWS_LOOKED_AT = 100

/** What is wrong with a mapping that no row could be read by: a column that the file does not have. */
async function noSuchColumn(
  columns: BenchmarkColumns,
  { path, named, format }: Required<Pick<OwnFile, 'path' | 'named' | 'format'>>,
): Promise<ConfigError | undefined> {
  const preview = await previewFile(path, { format, rows: ROWS_LOOKED_AT }).catch(() => undefined)
  const names = preview?.columns.map(({ name }) => name) ?? []
  for (const field of OF_ROWS) {
    const missing = [columns[field]].flat().find((name) => name !== undefined && !names.includes(name))
    if (preview !== undefined && missing !== undefined)
      return new ConfigError(
        `expected a column of ${named} (${names.join(', ')}), found "${missing}"${suggestion(missing, names)}`,
        `benchmark.columns.${field}`,
      )
  }
  return undefined
}

/** What names columns of rows; `text`, `rank` and, beside `text`, `models` name fields of what stands in one. */
const OF_ROWS = ['id', 'subset', 'prompt', 'chosen', 'rejected', 'responses', 'label'] as const
