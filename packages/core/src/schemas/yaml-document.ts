import { type Document, isMap, isNode, LineCounter, type Node, parseDocument, visit } from 'yaml'
import { ConfigError } from '../errors.js'
import type { Problem } from './problem.js'

/** A YAML text as plain data, and what it takes to say where in the text a problem stands. */
export interface YamlDocument {
  readonly value: unknown
  /** An error that lists up to ten problems, each with `file:line:column`, field and message. */
  readonly errorOf: (problems: readonly Problem[]) => ConfigError
  /** `file:line:column` of what stands at a path, or of the nearest thing around it. */
  readonly placeOf: (path: Problem['path']) => string
}

/**
 * Reads a YAML text.
 *
 * @param file named in errors
 * @throws {ConfigError} if it is not readable as YAML
 */
export function readYaml(text: string, file: string): YamlDocument {
  const lines = new LineCounter()
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false })
  const placeAt = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  const [broken] = document.errors
  if (broken) {
    throw new ConfigError(`not readable as YAML: ${broken.message}`, placeAt(broken.pos[0]), { cause: broken })
  }
  const where = (problem: Pick<Problem, 'path' | 'key'>): string => placeAt(offsetOf(document.contents, problem))
  return {
    value: plainValue(document, placeAt),
    errorOf: (problems) => problemError(problems, where),
    placeOf: (path) => where({ path }),
  }
}

/** The plain value; an alias without its anchor, or aliases that blow up, are found only here. */
function plainValue(document: Document, placeAt: (offset: number) => string): unknown {
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === undefined)
        throw new ConfigError(
          `not readable as YAML: expected an anchor "&${alias.source}" before the alias, found none`,
          placeAt(alias.range?.[0] ?? 0),
        )
    },
  })
  try {
    return document.toJS()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ConfigError(`not readable as YAML: ${reason}`, placeAt(0), { cause })
  }
}

function problemError(problems: readonly Problem[], where: (problem: Problem) => string): ConfigError {
  const described = problems.slice(0, 10).map((problem) => {
    const field = [...problem.path, ...(problem.key === undefined ? [] : [problem.key])].join('.')
    return { where: where(problem), text: field === '' ? problem.message : `${field}: ${problem.message}` }
  })
  const [first, ...others] = described as [(typeof described)[0], ...typeof described]
  const more = problems.length > 10 ? `\n  and ${problems.length - 10} more` : ''
  const rest = others.map((problem) => `\n  ${problem.where}: ${problem.text}`).join('')
  return new ConfigError(`${first.text}${rest}${more}`, first.where)
}

/** Where a problem stands in the text: the offending key, the value, or the nearest thing around it. */
function offsetOf(root: unknown, problem: Pick<Problem, 'path' | 'key'>): number {
  let node: unknown = root
  let offset = 0
  for (const step of problem.path) {
    if (!isNode(node)) break
    offset = startOf(node) ?? offset
    const next: unknown = isMap(node)
      ? node.get(step, true)
      : 'get' in node
        ? (node as unknown as { get(at: unknown, keep: true): unknown }).get(step, true)
        : undefined
    if (next === undefined) return offset
    node = next
  }
  if (isMap(node) && problem.key !== undefined) {
    const pair = node.items.find((item) => isNode(item.key) && String(item.key) === problem.key)
    if (pair && isNode(pair.key)) return startOf(pair.key) ?? offset
  }
  return (isNode(node) ? startOf(node) : undefined) ?? offset
}

function startOf(node: Node): number | undefined {
  return node.range?.[0]
}
