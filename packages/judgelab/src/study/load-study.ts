import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { ConfigError, digestText, findProject, type Project, parseStudy, type Study } from '@judgelab/core'

/** A study with the project that it belongs to. */
export interface LoadedStudy {
  readonly study: Study
  readonly project: Project
  /** Relative to the project's root. */
  readonly file: string
  readonly sha256: string
}

/**
 * Loads a study by its file, or by its name in the project's studies folder. `${NAME}` and `${NAME:-default}` in the
 * file stand for environment variables.
 *
 * @throws {ConfigError} if there is no such file, or it is not a study
 */
export async function loadStudy(named: string, cwd: string = process.cwd()): Promise<LoadedStudy> {
  const path = studyPath(named, cwd)
  const project = findProject(path)
  const file = relative(project.root, path)
  const text = fillEnvironment(await readFile(path, 'utf8'), file)
  return { study: parseStudy(text, file), project, file, sha256: digestText(text) }
}

function studyPath(named: string, cwd: string): string {
  const asFile = resolve(cwd, named)
  if (existsSync(asFile)) return asFile
  if (!/[\\/]|\.ya?ml$/.test(named)) {
    const byName = join(findProject(cwd).studies, `${named}.yaml`)
    if (existsSync(byName)) return byName
  }
  throw new ConfigError('expected a study file, found none', named)
}

function fillEnvironment(text: string, file: string): string {
  return text.replaceAll(
    /\$\{([A-Z][A-Z0-9_]*)(?::-([^}\n]*))?\}/g,
    (_, name: string, fallback: string | undefined) => {
      const value = process.env[name] ?? fallback
      if (value === undefined) throw new ConfigError(`expected the environment variable ${name}, found it unset`, file)
      return value
    },
  )
}
