import { ConfigError } from '@judgelab/core'
import { Lexer } from 'yaml'

/**
 * A study's text with `${NAME}` and `${NAME:-default}` filled in from the environment; what stands in comments is prose.
 *
 * @param file named in errors
 * @throws {ConfigError} at file, line and column for a variable that is unset and has no default
 */
export function fillEnvironment(text: string, file: string): string {
  const comments = commentsOf(text)
  return text.replaceAll(
    /\$\{([A-Z][A-Z0-9_]*)(?::-([^}\n]*))?\}/g,
    (written, name: string, fallback: string | undefined, at: number) => {
      if (comments.some(([start, end]) => start <= at && at < end)) return written
      const value = process.env[name] ?? fallback
      if (value !== undefined) return value
      const before = text.slice(0, at).split('\n')
      const place = `${file}:${before.length}:${(before.at(-1) as string).length + 1}`
      throw new ConfigError(`expected the environment variable ${name}, found it unset`, place)
    },
  )
}

/** Marks of the lexer that stand in no text: the begin of a document, of a plain or block scalar, the end of a broken flow. */
const DOCUMENT = '\u0002'
const SCALAR = '\u001f'
const FLOW_ERROR = '\u0018'

/** Where the comments of a YAML text begin and end. A `#` inside a scalar begins none. */
function commentsOf(text: string): (readonly [number, number])[] {
  const comments: (readonly [number, number])[] = []
  let at = 0
  let previous = ''
  for (const token of new Lexer().lex(text)) {
    const isMark = token === DOCUMENT || token === SCALAR || token === FLOW_ERROR
    if (!isMark && token.startsWith('#') && previous !== SCALAR) comments.push([at, at + token.length])
    if (!isMark) at += token.length
    previous = token
  }
  return comments
}
