import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, digestText, studyPlace } from '@judgelab/core'
import { fillEnvironment } from './fill-environment.js'
import type { LoadedStudy } from './load-study.js'

/**
 * Does work on a study. An error that names a field of it tells where in the file that field stands.
 *
 * @throws {ConfigError} whose path is `file:line:column`, and whose message begins with the field
 */
export async function withPlaces<T>(loaded: LoadedStudy, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const place = error instanceof ConfigError ? await placeOf(loaded, error.path) : undefined
    if (!(error instanceof ConfigError) || place === undefined) throw error
    throw new ConfigError(error.message, place, { cause: error.cause ?? error })
  }
}

/** Undefined for what is no field, and where no file holds the study any more. */
async function placeOf({ project, file, sha256 }: LoadedStudy, field: string): Promise<string | undefined> {
  const path = join(project.root, file)
  if (!existsSync(path)) return undefined
  const bytes = await readFile(path)
  if (digestText(bytes) !== sha256) return undefined
  return studyPlace(fillEnvironment(bytes.toString('utf8'), file), file, field)
}
