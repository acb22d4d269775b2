import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, DatasetFormatError, findProject, type Project, parseJson } from '@judgelab/core'
import type { StudyResults } from './study-results.js'

/** Where the results of a study stand. */
export function resultsFile(project: Project, study: string): string {
  return join(project.reports, study, 'results.json')
}

/**
 * The study that a notebook is about: `JUDGELAB_STUDY`, which judgelab sets for the kernel of a study's notebooks, else
 * the one named here, which is what the notebook shows when somebody opens it by hand.
 *
 * @throws {ConfigError} if neither names one
 */
export function studyName(fallback?: string): string {
  const name = process.env.JUDGELAB_STUDY || fallback
  if (name !== undefined) return name
  throw new ConfigError('expected the name of a study, found none, and JUDGELAB_STUDY is not set', 'loadResults')
}

/**
 * The results of a study that was run; from a notebook, the project is found above the notebook's folder. Where the
 * environment variable `JUDGELAB_STUDY` is set, it wins over the name, so that one notebook serves every study that
 * lists it.
 *
 * @throws {DatasetFormatError} if the study was not run, or its results are unreadable or of another version
 * @example await loadResults('quickstart') // by hand quickstart's; in the report of another study, that study's
 */
export async function loadResults(study?: string, project: Project = findProject()): Promise<StudyResults> {
  const name = studyName(study)
  return loadResultsFile(resultsFile(project, name), name)
}

/** As `loadResults`, from a file, whatever the environment says. @param study named in the advice of an error */
export async function loadResultsFile(file: string, study: string): Promise<StudyResults> {
  const value = parseJson(await resultsText(file, study), { file })
  checkResults(value, file)
  return value
}

function resultsText(file: string, study: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const found =
      cause.code === 'ENOENT'
        ? `found none: run \`pnpm judgelab run studies/${study}.yaml\``
        : `found an unreadable file (${cause.message})`
    throw new DatasetFormatError(`expected the results of a finished study, ${found}`, { file }, { cause })
  })
}

/** What tables and figures read first; a file without it is older than this version, or was damaged. */
const FIELDS: Readonly<Record<string, string>> = {
  study: 'object',
  'study.name': 'string',
  benchmark: 'object',
  'benchmark.fingerprint': 'string',
  'benchmark.subsets': 'list',
  split: 'object',
  evaluation: 'object',
  'evaluation.n': 'number',
  'evaluation.isChosenFirst': 'boolean',
  statistics: 'object',
  'statistics.level': 'number',
  judges: 'list',
  tuning: 'list',
  contrasts: 'list',
}

function checkResults(value: unknown, file: string): asserts value is StudyResults {
  const version = fieldOf(value, 'formatVersion')
  if (version !== 1)
    throw new DatasetFormatError(`expected format version 1, found ${JSON.stringify(version)}`, {
      file,
      field: 'formatVersion',
    })
  for (const [field, kind] of Object.entries(FIELDS)) {
    const found = kindOf(fieldOf(value, field))
    if (found === kind) continue
    throw new DatasetFormatError(
      `expected ${kind === 'object' ? 'an' : 'a'} ${kind}, found ${found}; judgelab run writes the results again`,
      {
        file,
        field,
      },
    )
  }
}

function fieldOf(value: unknown, field: string): unknown {
  return field
    .split('.')
    .reduce<unknown>((held, key) => (held as Record<string, unknown> | null | undefined)?.[key], value)
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}
