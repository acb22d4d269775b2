import type { ExportFormat } from './export-format.js'

/**
 * What a reader of the format would refuse in a row, or undefined.
 *
 * `together` and `openai`: the checks of Together's SDK (together-ai 0.52, lib/check-file) and the rules of both services'
 * documents: columns `input`, `preferred_output`, `non_preferred_output` and no others but Together's `weight`, a number of at
 * least 0; `input.messages` not empty, of roles system, user and assistant with texts, a system message only first, no role
 * twice in a row, the last one not the assistant's; exactly one assistant message a side. OpenAI trains on one turn: no
 * assistant in the input; and has no weights.
 *
 * `trl`, `trl-conversational`: TRL's preference type with an explicit prompt, and no weights, which DPOTrainer would ignore
 * in silence. In a conversation the last message of the prompt is not the assistant's, and each side is one assistant message.
 *
 * All: texts are well-formed Unicode, because a lone surrogate has no UTF-8.
 *
 * @see https://docs.together.ai/docs/fine-tuning/preference-tuning
 * @see https://developers.openai.com/api/docs/guides/direct-preference-optimization
 * @see https://huggingface.co/docs/trl/dataset_formats#preference
 */
export function rowProblem(row: unknown, format: ExportFormat): string | undefined {
  switch (format) {
    case 'together':
    case 'openai':
      return serviceProblem(row, format)
    case 'trl':
    case 'trl-conversational':
      return trlProblem(row, format)
    case 'parquet':
    case 'csv':
      return Object.entries(row as Record<string, unknown>)
        .map(([column, value]) => textProblem(value, column))
        .find(isText)
  }
}

const SERVICE_COLUMNS = {
  together: ['input', 'preferred_output', 'non_preferred_output', 'weight'],
  openai: ['input', 'preferred_output', 'non_preferred_output'],
} as const
const INPUT_COLUMNS = { together: ['messages', 'tools'], openai: ['messages', 'tools', 'parallel_tool_calls'] } as const

function serviceProblem(row: unknown, format: 'together' | 'openai'): string | undefined {
  if (!isObject(row)) return 'expected an object'
  const { input, weight } = row
  if (format === 'openai' && weight !== undefined) return 'weight: expected none, OpenAI has no weights'
  if (!isObject(input)) return 'input: expected an object'
  return (
    extraKey(row, SERVICE_COLUMNS[format]) ??
    extraKey(input, INPUT_COLUMNS[format], 'input.') ??
    promptProblem(input.messages, 'input.messages') ??
    (format === 'openai' && (input.messages as { role: string }[]).some(({ role }) => role === 'assistant')
      ? 'input.messages: expected one turn, found one of the assistant'
      : undefined) ??
    sideProblem(row.preferred_output, 'preferred_output') ??
    sideProblem(row.non_preferred_output, 'non_preferred_output') ??
    (weight === undefined || (typeof weight === 'number' && weight >= 0 && Number.isFinite(weight))
      ? undefined
      : `weight: expected a number of at least 0, found ${String(weight)}`)
  )
}

const TRL_COLUMNS = ['prompt', 'chosen', 'rejected'] as const

function trlProblem(row: unknown, format: 'trl' | 'trl-conversational'): string | undefined {
  if (!isObject(row)) return 'expected an object'
  const extra = extraKey(row, TRL_COLUMNS)
  if (extra !== undefined) return extra
  const { prompt, chosen, rejected } = row
  if (format === 'trl-conversational')
    return promptProblem(prompt, 'prompt') ?? sideProblem(chosen, 'chosen') ?? sideProblem(rejected, 'rejected')
  return TRL_COLUMNS.map((column) =>
    typeof row[column] === 'string' ? textProblem(row[column], column) : `${column}: expected a text`,
  ).find(isText)
}

function promptProblem(messages: unknown, field: string): string | undefined {
  if (!Array.isArray(messages) || messages.length === 0) return `${field}: expected a list with messages`
  let previous: string | undefined
  for (const [at, message] of messages.entries()) {
    const problem = messageProblem(message, `${field}.${at}`)
    if (problem !== undefined) return problem
    const { role } = message as { role: string }
    if (role === 'system' && at > 0) return `${field}.${at}: expected a system message only first`
    if (role === previous) return `${field}.${at}: expected roles in turn, found ${role} twice in a row`
    previous = role
  }
  return previous === 'assistant' ? `${field}: expected a last message that is not the assistant's` : undefined
}

function sideProblem(side: unknown, field: string): string | undefined {
  if (!Array.isArray(side) || side.length !== 1) return `${field}: expected a list with exactly one message`
  const problem = messageProblem(side[0], `${field}.0`)
  if (problem !== undefined) return problem
  const { role } = side[0] as { role: string }
  return role === 'assistant' ? undefined : `${field}.0: expected the assistant's message, found ${role}'s`
}

const ROLES = ['system', 'user', 'assistant']

function messageProblem(message: unknown, field: string): string | undefined {
  if (!isObject(message)) return `${field}: expected a message`
  const { role, content } = message
  if (typeof role !== 'string' || !ROLES.includes(role))
    return `${field}.role: expected one of ${ROLES.join(', ')}, found ${String(role)}`
  if (typeof content !== 'string') return `${field}.content: expected a text`
  return textProblem(content, `${field}.content`)
}

function textProblem(text: unknown, field: string): string | undefined {
  if (typeof text !== 'string' || text.isWellFormed()) return undefined
  return `${field}: expected well-formed Unicode, found half of a surrogate pair`
}

function extraKey(object: object, known: readonly string[], before = ''): string | undefined {
  const extra = Object.keys(object).find((key) => !known.includes(key))
  return extra === undefined ? undefined : `${before}${extra}: expected no such field`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: string | undefined): value is string {
  return value !== undefined
}
