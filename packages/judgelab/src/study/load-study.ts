import { isUtf8 } from 'node:buffer'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { ConfigError, digestText, findProject, type Project, parseStudy, type Study } from '@judgelab/core'
import { fillEnvironment } from './fill-environment.js'

/** A study with the project that it belongs to. */
export interface LoadedStudy {
  readonly study: Study
  readonly project: Project
  /** Relative to the project's root. */
  readonly file: string
  /** Of the file's bytes, as `sha256sum` gives it; what the environment filled in stands in `study`. */
  readonly sha256: string
  /** Of a study that no file holds: the command that it is. */
  readonly request?: JudgeRequest | undefined
}

/** What a `judgelab judge` command asks for: enough to make the same run again in a copy of the project. */
export interface JudgeRequest {
  /** The text of the study that it is, as JSON. */
  readonly study: Readonly<Record<string, unknown>>
  /** Only the first so many comparisons. */
  readonly limit?: number | undefined
}

/**
 * Loads a study by its file, or by its name in the project's studies folder. `${NAME}` and `${NAME:-default}` in the
 * file stand for environment variables, but in comments.
 *
 * @throws {ConfigError} if there is no such file, or it is not a study
 */
export async function loadStudy(named: string, cwd: string = process.cwd()): Promise<LoadedStudy> {
  const path = studyPath(named, cwd)
  const project = findProject(path)
  const file = relative(project.root, path)
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new ConfigError(`expected a readable study file, found none (${cause.message})`, file, { cause })
  })
  const study = parseStudy(fillEnvironment(utf8Text(bytes, file), file), file)
  return { study, project, file, sha256: digestText(bytes) }
}

/** @throws {ConfigError} with line and offset of the first byte that is no UTF-8 */
function utf8Text(bytes: Buffer, file: string): string {
  const text = bytes.toString('utf8')
  if (isUtf8(bytes)) return text
  const readBack = Buffer.from(text) // what is no UTF-8 became a mark of replacement
  const differs = bytes.findIndex((byte, at) => byte !== readBack[at])
  const at = differs === -1 ? bytes.length - 1 : differs
  const line = bytes.subarray(0, at).toString('latin1').split('\n').length
  const found = bytes.subarray(at, at + 1).toString('hex')
  throw new ConfigError(`expected text in UTF-8, found the byte ${found} at offset ${at}`, `${file}:${line}`)
}

/**
 * Refuses a notebook that there is not, before anything is done for the report that needs it.
 *
 * @throws {ConfigError} with the line of the study file
 */
export async function checkNotebooks({ study, project, file }: LoadedStudy): Promise<void> {
  const there = notebooksIn(project.notebooks)
  if (study.report.notebooks.every((name) => there.includes(name))) return
  const text = await readFile(join(project.root, file), 'utf8')
  parseStudy(fillEnvironment(text, file), file, { notebooks: there })
}

/** The names of the notebooks in a folder; none where there is no folder. */
function notebooksIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((file) => (file.endsWith('.ipynb') ? [file.slice(0, -'.ipynb'.length)] : []))
}

function studyPath(named: string, cwd: string): string {
  const asFile = resolve(cwd, named)
  if (isFile(asFile)) return asFile
  if (/[\\/]|\.ya?ml$/.test(named)) throw new ConfigError('expected a study file, found none', named)
  const { studies } = findProject(cwd)
  const byName = join(studies, `${named}.yaml`)
  if (isFile(byName)) return byName
  const files = readdirSync(studies).filter((file) => file.endsWith('.yaml') && isFile(join(studies, file)))
  const known = files.map((file) => file.slice(0, -'.yaml'.length))
  throw new ConfigError(`expected a study file or the name of a study (${known.sort().join(', ')}), found none`, named)
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
