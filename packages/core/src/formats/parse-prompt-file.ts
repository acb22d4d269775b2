import { isMap, isScalar, LineCounter, parseDocument } from 'yaml'
import { ConfigError } from '../errors.js'
import { type Problem, problemsOf } from '../schemas/problem.js'
import { PROMPT_HEAD_KEYS, promptHeadSchema } from '../schemas/prompt-file.js'
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
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false })
  const placeOf = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line + 1}:${col}`
  }
  const [broken] = document.errors
  if (broken)
    throw new ConfigError(`not readable as YAML: ${broken.message}`, placeOf(broken.pos[0]), { cause: broken })
  const value: unknown = document.toJS({ maxAliasCount: 0 })
  const parsed = promptHeadSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const [problem] = problemsOf(parsed.error, value, PROMPT_HEAD_KEYS) as [Problem]
  const field = problem.key ?? problem.path[0]
  const pair = isMap(document.contents)
    ? document.contents.items.find(({ key }) => isScalar(key) && key.value === field)
    : undefined
  const offset = isScalar(pair?.key) ? (pair.key.range?.[0] ?? 0) : 0
  throw new ConfigError(`${field === undefined ? '' : `${field}: `}${problem.message}`, placeOf(offset), {
    cause: parsed.error,
  })
}
