import { ConfigError, type Mode, type PromptFile, suggestion } from '@judgelab/core'
import {
  CONDITIONS,
  type Condition,
  type Filling,
  filledWith,
  holds,
  isBlock,
  type Placeholder,
  placeholderNames,
  placeholderOf,
} from './placeholder.js'

/** A prompt's text, read once: what is rendered for each call. */
export interface Template {
  readonly turns: readonly Turn[]
  /** Every placeholder of it, and where it stands. */
  readonly places: readonly Place[]
}

export interface Turn {
  readonly role: 'system' | 'user'
  readonly parts: readonly Part[]
}

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'place'; readonly placeholder: Placeholder; readonly name: string }
  | {
      readonly kind: 'section'
      readonly condition: Condition
      readonly isShownWithout: boolean
      readonly parts: readonly Part[]
    }

export interface Place {
  readonly placeholder: Placeholder
  readonly name: string
  /** The sections around it whose text must be there for it to be shown. */
  readonly within: readonly Condition[]
  readonly isInSection: boolean
}

/**
 * Reads a prompt's text. `{{name}}` is a placeholder; `{{#name}} … {{/name}}` is shown where there is such a text or thing,
 * `{{^name}} … {{/name}}` where there is none; `\{{` are two braces. Lines `--- system` and `--- user` divide it into turns.
 *
 * @throws {ConfigError} at `file:line:column` for a name that there is not, a section that is not closed, and turns that
 *   are not at most one of the system and one of the user
 */
export function compileTemplate({ body, bodyLine, mode }: PromptFile, file: string): Template {
  const places: Place[] = []
  const turns = turnsOf(body, bodyLine, file).map(({ role, text, line }) => ({
    role,
    parts: readParts(text, { firstLine: line, mode, file, places }),
  }))
  return { turns, places }
}

const DIVIDER = /^--- (system|user)[ \t]*$/

interface TurnText {
  readonly role: Turn['role']
  readonly text: string
  readonly line: number
}

function turnsOf(body: string, bodyLine: number, file: string): TurnText[] {
  const lines = body.split('\n')
  const at = lines.flatMap((line, index) => (DIVIDER.test(line) ? [index] : []))
  if (at.length === 0) return [{ role: 'user', text: body.trimEnd(), line: bodyLine }]
  const before = lines.slice(0, at[0]).findIndex((line) => line.trim() !== '')
  if (before >= 0)
    throw new ConfigError('expected nothing before the first turn, found text', `${file}:${bodyLine + before}`)
  const turns = at.map((start, turn) => ({
    role: DIVIDER.exec(lines[start] as string)?.[1] as Turn['role'],
    text: lines
      .slice(start + 1, at[turn + 1])
      .join('\n')
      .trimEnd(),
    line: bodyLine + start + 1,
  }))
  const roles = turns.map(({ role }) => role).join(', ')
  if (roles !== 'user' && roles !== 'system, user')
    throw new ConfigError(
      `expected a user turn, or a system and a user turn, found ${roles}`,
      `${file}:${bodyLine + (at[0] as number)}`,
    )
  return turns
}

const TAG = /\\\{\{|\{\{([#^/]?)[ \t]*([^{}\n]*?)[ \t]*\}\}|\{\{/g

interface Reading {
  readonly firstLine: number
  readonly mode: Mode
  readonly file: string
  /** Where the placeholders that are met are added. */
  readonly places: Place[]
}

/** The parts of one turn's text. */
function readParts(text: string, { firstLine, mode, file, places }: Reading): Part[] {
  const tags = [...text.matchAll(TAG)]
  let next = 0
  let offset = 0

  const whereIs = (at: number): string => {
    const before = text.slice(0, at).split('\n')
    return `${file}:${firstLine + before.length - 1}:${(before.at(-1)?.length ?? 0) + 1}`
  }

  function partsUntil(open: OpenSection | undefined): Part[] {
    const parts: Part[] = []
    const add = (held: string): void => {
      if (held !== '') parts.push({ kind: 'text', text: held })
    }
    while (true) {
      const tag = tags[next++]
      if (tag === undefined) {
        if (open !== undefined)
          throw new ConfigError(`expected {{/${open.condition}}} to close this, found the end`, whereIs(open.at))
        add(text.slice(offset))
        return parts
      }
      const [whole, sign, name = ''] = tag
      if (sign === undefined) {
        if (whole === '{{')
          throw new ConfigError('expected a placeholder such as {{prompt}}, or \\{{ for braces', whereIs(tag.index))
        add(text.slice(offset, tag.index))
        add('{{')
        offset = tag.index + whole.length
      } else if (sign === '') {
        add(text.slice(offset, tag.index))
        parts.push(placeOf(name, tag.index, tag.index + whole.length, open))
        offset = tag.index + whole.length
      } else {
        const [start, end] = wholeLine(tag.index, tag.index + whole.length)
        add(text.slice(offset, start))
        offset = end
        const condition = conditionOf(name, tag.index)
        if (sign === '/') {
          if (condition === open?.condition) return parts
          const expected = open === undefined ? 'no closing tag' : `{{/${open.condition}}}`
          throw new ConfigError(`expected ${expected}, found {{/${name}}}`, whereIs(tag.index))
        }
        const isShownWithout = sign === '^'
        const inner = partsUntil({ condition, isShownWithout, at: tag.index, around: open })
        parts.push({ kind: 'section', condition, isShownWithout, parts: inner })
      }
    }
  }

  function placeOf(name: string, at: number, end: number, open: OpenSection | undefined): Part {
    const placeholder = placeholderOf(name, mode)
    if (placeholder === undefined) throw unknownName(name, placeholderNames(mode), at)
    if (isBlock(placeholder) && !(isLineStart(at) && isLineEnd(end)))
      throw new ConfigError(`expected {{${name}}} alone on its line, found other text there`, whereIs(at))
    const around = sectionsAround(open)
    const hidden = around.find(({ condition, isShownWithout }) => isShownWithout && condition === placeholder.kind)
    if (hidden !== undefined)
      throw new ConfigError(`expected no {{${name}}} where there is no ${hidden.condition}, found one`, whereIs(at))
    const within = around.flatMap(({ condition, isShownWithout }) => (isShownWithout ? [] : [condition]))
    places.push({ placeholder, name, within, isInSection: around.length > 0 })
    return { kind: 'place', placeholder, name }
  }

  function conditionOf(name: string, at: number): Condition {
    const condition = CONDITIONS.find((known) => known === name)
    if (condition === undefined) throw unknownName(name, CONDITIONS, at)
    return condition
  }

  function unknownName(name: string, known: readonly string[], at: number): ConfigError {
    const listed = known.filter((other) => !/^response_[c-z]|\.text$/.test(other)).join(', ')
    return new ConfigError(`expected one of ${listed}, found "${name}"${suggestion(name, known)}`, whereIs(at))
  }

  const isLineStart = (at: number): boolean => at === 0 || text[at - 1] === '\n'
  const isLineEnd = (at: number): boolean => at === text.length || text[at] === '\n'

  /** From the start to behind the newline of a line that holds nothing but a tag; the tag itself elsewhere. */
  function wholeLine(at: number, end: number): [number, number] {
    let start = at
    while (text[start - 1] === ' ' || text[start - 1] === '\t') start--
    let stop = end
    while (text[stop] === ' ' || text[stop] === '\t') stop++
    if (!isLineStart(start) || !isLineEnd(stop) || start < offset) return [at, end]
    return [start, Math.min(stop + 1, text.length)]
  }

  return partsUntil(undefined)
}

interface OpenSection {
  readonly condition: Condition
  readonly isShownWithout: boolean
  readonly at: number
  readonly around: OpenSection | undefined
}

function sectionsAround(open: OpenSection | undefined): OpenSection[] {
  return open === undefined ? [] : [open, ...sectionsAround(open.around)]
}

/**
 * The text of one turn.
 *
 * @throws {RangeError} if a placeholder has nothing to stand in its place
 */
export function renderParts(parts: readonly Part[], filling: Filling): string {
  let text = ''
  for (const part of parts) {
    if (part.kind === 'text') text += part.text
    else if (part.kind === 'section') {
      if (holds(part.condition, filling) !== part.isShownWithout) text += renderParts(part.parts, filling)
    } else {
      const held = filledWith(part.placeholder, filling)
      if (held === undefined) throw new RangeError(`the prompt needs a text for {{${part.name}}}, got none`)
      text += held
    }
  }
  return text
}
