import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { ConfigError, digestText, type Project } from '@judgelab/core'

/** A judge's system prompt for the evaluation service. */
export interface EvalTemplate {
  /** Relative to the project, for messages. */
  readonly file: string
  readonly text: string
  /** SHA-256 of `text`, 64 hexadecimal digits. */
  readonly sha256: string
}

/**
 * A template of the project by its name (`prompts/together-evals/<name>.jinja`), or a file by its path, relative to the
 * project's root: a text as the service takes it, for instance a published one. Without a name it is `compare`.
 *
 * @throws {ConfigError} if there is no such file
 */
export async function loadEvalTemplate(project: Project, nameOrPath: string = 'compare'): Promise<EvalTemplate> {
  const isPath = /[/\\.]/.test(nameOrPath)
  const path = isPath
    ? resolve(project.root, nameOrPath)
    : join(project.prompts, 'together-evals', `${nameOrPath}.jinja`)
  const file = relative(project.root, path)
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigError('expected a template for the evaluation service, found no file that can be read', file, {
      cause,
    })
  })
  return { file, text, sha256: digestText(text) }
}
