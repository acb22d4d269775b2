import { ConfigError } from '../errors.js'
import { problemsOf } from '../schemas/problem.js'
import { PROMPT_HEAD_KEYS, promptHeadSchema } from '../schemas/prompt-file.js'
import { readYaml } from '../schemas/yaml-document.js'
import type { PromptFile, PromptHead } from './prompt-file.js'

const HEAD = /^---[ \t]*\n([\s\S]*?)^---[ \t]*(?:\n|$)/m

/**
 * A prompt's file from its text: YAML between two lines `---`, then the body.
 *
 * @param file named in errors
 * @throws {ConfigError} whose path is `file:line:column`, saying what was expected and found
 */
export function parsePromptFile(text: string, file: string): PromptFile {
  const whole = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
  const match = HEAD.exec(whole)
  if (match?.index !== 0)
    throw new ConfigError('expected a head in YAML between two lines ---, found none', `${file}:1:1`)
  const [head, yaml = ''] = match
  const body = whole.slice(head.length)
  if (body.trim() === '') throw new ConfigError('expected a text below the head, found none', file)
  return { ...parseHead(yaml, file), body, bodyLine: head.split('\n').length }
}

function parseHead(yaml: string, file: string): PromptHead {
  const { value, errorOf } = readYaml(`\n${yaml}`, file) // a line for the ---
  const parsed = promptHeadSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw errorOf(problemsOf(parsed.error, value, PROMPT_HEAD_KEYS))
}
