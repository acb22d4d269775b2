import type { Message, PreferencePair } from '@judgelab/core'
import type { Vendor } from '../models/model-profile.js'
import { asObject, jsonLines } from './json-lines.js'

/** A preference file, read; or the first line that breaks a rule. */
export type Preferences =
  | { readonly pairs: readonly PreferencePair[]; readonly hasWeights: boolean; readonly hasTools: boolean }
  | { readonly line: number; readonly problem: string }

/** What a line is, or what is wrong with it. */
type Read = { readonly pair: PreferencePair } | string

/**
 * Reads preference JSONL by the rules that both services document: `input.messages` with a last message that is not the
 * assistant's, exactly one assistant message on either side, texts only; `input.tools` and a `weight` of at least 0 may
 * stand beside. OpenAI takes one turn a row, `input.parallel_tool_calls` too, and no weights.
 */
export function readPreferences(content: Uint8Array, vendor: Vendor): Preferences {
  if (!isUtf8(content)) return { line: 0, problem: 'The file is not UTF-8 encoded.' }
  const pairs: PreferencePair[] = []
  let hasTools = false
  for (const line of jsonLines(content)) {
    const read = 'problem' in line ? `Line ${line.problem}.` : readRow(line.value, line.number, vendor)
    if (typeof read === 'string') return { line: line.number, problem: read }
    hasTools ||= 'value' in line && asObject(line.value.input)?.tools !== undefined
    pairs.push(read.pair)
  }
  if (pairs.length === 0) return { line: 0, problem: 'The file has no examples.' }
  return { pairs, hasWeights: pairs.some(({ weight }) => weight !== undefined), hasTools }
}

const COLUMNS = {
  together: ['input', 'preferred_output', 'non_preferred_output', 'weight'],
  openai: ['input', 'preferred_output', 'non_preferred_output'],
} as const
const INPUT_COLUMNS = { together: ['messages', 'tools'], openai: ['messages', 'tools', 'parallel_tool_calls'] } as const

function readRow(row: Readonly<Record<string, unknown>>, number: number, vendor: Vendor): Read {
  const extra = Object.keys(row).find((key) => !(COLUMNS[vendor] as readonly string[]).includes(key))
  if (extra !== undefined) return `Found extra column "${extra}".`
  const input = asObject(row.input)
  if (input === undefined) return 'The `input` field must be a dictionary.'
  const more = Object.keys(input).find((key) => !(INPUT_COLUMNS[vendor] as readonly string[]).includes(key))
  if (more !== undefined) return `Found extra field "${more}" in \`input\`.`
  const messages = readMessages(input.messages, vendor)
  if (typeof messages === 'string') return messages
  const preferred = readSide(row.preferred_output, 'preferred_output')
  if ('problem' in preferred) return preferred.problem
  const nonPreferred = readSide(row.non_preferred_output, 'non_preferred_output')
  if ('problem' in nonPreferred) return nonPreferred.problem
  const { weight } = row
  if (weight !== undefined && !(typeof weight === 'number' && weight >= 0))
    return '`weight` must be a number of at least 0.'
  const id = `line ${number}`
  return {
    pair: {
      v: 1,
      id,
      input: messages,
      preferred: preferred.text,
      nonPreferred: nonPreferred.text,
      ...(weight === undefined ? {} : { weight }),
      origin: { strategy: 'responses', exampleId: id, comparisonId: id, subset: 'all' },
    },
  }
}

function readMessages(messages: unknown, vendor: Vendor): Message[] | string {
  if (!Array.isArray(messages)) return 'The `input` dictionary must contain a `messages` list.'
  if (messages.length === 0) return '`messages` must not be empty.'
  const read: Message[] = []
  for (const message of messages) {
    const { role, content } = asObject(message) ?? {}
    if (role !== 'system' && role !== 'user' && role !== 'assistant')
      return `Invalid role \`${String(role)}\`. Possible roles: system, user, assistant.`
    if (typeof content !== 'string') return '`content` of a message must be a string.'
    if (read.at(-1)?.role === role)
      return 'Invalid role turns: after the optional system message, roles must alternate between user and assistant.'
    if (role === 'system' && read.length > 0) return 'A system message must come first.'
    if (role === 'assistant' && vendor === 'openai') return 'Only one-turn conversations can be trained on.'
    read.push({ role, content })
  }
  return read.at(-1)?.role === 'assistant'
    ? 'The last message in the input conversation must not be from the assistant.'
    : read
}

function readSide(side: unknown, key: string): { readonly text: string } | { readonly problem: string } {
  if (!Array.isArray(side)) return { problem: `The \`${key}\` field must be a list.` }
  if (side.length !== 1) return { problem: `The \`${key}\` list must contain exactly one message.` }
  const { role, content } = asObject(side[0]) ?? {}
  if (role !== 'assistant') return { problem: `The message of \`${key}\` must have the 'assistant' role.` }
  if (typeof content !== 'string') return { problem: `The 'content' of \`${key}\` must be a string.` }
  return { text: content }
}

function isUtf8(content: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(content)
    return true
  } catch {
    return false
  }
}
