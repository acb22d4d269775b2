import { readdir, readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import {
  ConfigError,
  digestText,
  type Mode,
  type Project,
  type PromptHead,
  parsePromptFile,
  suggestion,
} from '@judgelab/core'
import { compileTemplate, type Template } from './template.js'

/** A judging prompt, ready to be filled in. */
export interface JudgingPrompt extends PromptHead {
  /** Relative to the project, for messages. */
  readonly file: string
  /** The file's text below its head: what stands in a run's manifest. */
  readonly text: string
  /** SHA-256 of `text`, 64 hexadecimal digits. */
  readonly sha256: string
  readonly template: Template
}

/**
 * A prompt of the project by its name (`prompts/<name>.md`), or from a file by its path, relative to the project's root.
 * What has a slash or ends in `.md` is a path.
 *
 * @param askedAt the field of the study that names it, as `judges.gpt.prompt`
 * @throws {ConfigError} if there is no such file or it is of another mode, at `askedAt` where that is given, or if its text is not
 *   that of a prompt; with file and line
 */
export async function loadPrompt(
  project: Project,
  nameOrPath: string,
  mode: Mode,
  askedAt?: string,
): Promise<JudgingPrompt> {
  const isPath = /[/\\]|\.md$/.test(nameOrPath)
  const path = isPath ? resolve(project.root, nameOrPath) : join(project.prompts, `${nameOrPath}.md`)
  const file = relative(project.root, path)
  const refused = (found: string, cause?: unknown): ConfigError => {
    const where = askedAt === undefined ? '' : ` in ${file}`
    return new ConfigError(`expected a prompt for mode ${mode}${where}, found ${found}`, askedAt ?? file, { cause })
  }
  const text = await readFile(path, 'utf8').catch(async (cause: unknown) => {
    const known = isPath ? '' : await knownPrompts(project, nameOrPath)
    throw refused(`no file that can be read${known}`, cause)
  })
  const prompt = parsePrompt(text, file)
  if (prompt.mode !== mode) throw refused(`one for ${prompt.mode}`)
  return prompt
}

async function knownPrompts({ prompts }: Project, asked: string): Promise<string> {
  const files = await readdir(prompts).catch(() => [])
  const names = files.filter((file) => file.endsWith('.md')).map((file) => file.slice(0, -'.md'.length))
  return names.length === 0 ? '' : `; there are ${names.toSorted().join(', ')}${suggestion(asked, names)}`
}

/**
 * A prompt from the text of its file.
 *
 * @throws {ConfigError} as `loadPrompt`
 */
export function parsePrompt(text: string, file: string): JudgingPrompt {
  const { body, bodyLine, ...head } = parsePromptFile(text, file)
  const template = compileTemplate({ ...head, body, bodyLine }, file)
  checkPlaces(head, template, file)
  return { ...head, file, text: body, sha256: digestText(body), template }
}

/** Every response is shown, and the form of the answer is said once, unless it is a published prompt's own. */
function checkPlaces({ output, mode }: PromptHead, { places }: Template, file: string): void {
  const outputs = places.filter(({ placeholder }) => placeholder.kind === 'output')
  if (output.includes('official')) {
    if (outputs.length > 0)
      throw new ConfigError('expected no {{output}} in a prompt whose output is official, found one', file)
  } else if (outputs.length !== 1 || outputs[0]?.isInSection === true)
    throw new ConfigError(
      `expected {{output}} once and outside of sections, found it ${outputs.length === 1 ? 'in a section' : `${outputs.length} times`}`,
      file,
    )
  const least = mode === 'pairwise' || mode === 'best-of-n' ? 2 : 1
  if (shownSlots({ places }) < least)
    throw new ConfigError(
      `expected {{${least === 2 ? 'responses' : 'response'}}} outside of sections, found too few responses shown`,
      file,
    )
}

/** How many responses a template shows: all with `{{responses}}`, else the letters from A on that it names. */
export function shownSlots({ places }: Pick<Template, 'places'>): number {
  const always = places.filter(({ isInSection }) => !isInSection).map(({ placeholder }) => placeholder)
  if (always.some(({ kind }) => kind === 'responses')) return Number.POSITIVE_INFINITY
  const named = new Set(always.flatMap((held) => (held.kind === 'response' ? [held.slot] : [])))
  let count = 0
  while (named.has(count)) count++
  return count
}
