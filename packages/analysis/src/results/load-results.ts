import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError, findProject, type Project, parseJson } from '@judgelab/core'
import type { StudyResults } from './study-results.js'

/** Where the results of a study stand. */
export function resultsFile(project: Project, study: string): string {
  return join(project.reports, study, 'results.json')
}

/**
 * The results of a study that was run, by its name; from a notebook, the project is found above the notebook's folder.
 *
 * @throws {DatasetFormatError} if the study was not run, or its results are of a newer version
 */
export async function loadResults(study: string, project: Project = findProject()): Promise<StudyResults> {
  const file = resultsFile(project, study)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DatasetFormatError(
      `expected the results of a finished study, found none: run \`pnpm judgelab run studies/${study}.yaml\``,
      { file },
      { cause },
    )
  })
  const value = parseJson(text, { file }) as StudyResults
  if (value?.formatVersion !== 1)
    throw new DatasetFormatError(`expected format version 1, found ${JSON.stringify(value?.formatVersion)}`, {
      file,
      field: 'formatVersion',
    })
  return value
}
