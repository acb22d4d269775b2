import {
  type BenchmarkColumns,
  type Example,
  type LabelValue,
  type Prompt,
  parseExample,
  type Response,
  type Where,
} from '@judgelab/core'
import type { NoteKind } from '../validation/problem.js'
import { conversationOf, isConversation, promptOf, samePrompt } from './conversation.js'
import { fieldsOf, needs } from './needs.js'
import type { LeftOut, RowReader } from './read-examples.js'

type Row = Readonly<Record<string, unknown>>

/** A response as its column holds it: its text, and the conversation before it where the column holds one. */
interface Held {
  readonly text: string
  readonly before?: Prompt | undefined
  readonly model?: string | undefined
  readonly rank?: number | undefined
}

/**
 * Reads rows whose columns a researcher has named. Texts are taken as they are; whole numbers as ids and subsets become
 * texts, with a note; anything else where a text is expected is an error that names the column.
 */
export function createColumnReader(columns: BenchmarkColumns, note: (kind: NoteKind) => void): RowReader {
  const named = namedColumns(columns)
  const isKept = keptInMetadata(columns, named)
  const nameOf = (value: unknown, field: string, where: Where): string => {
    if (typeof value === 'string') return value
    if (!Number.isSafeInteger(value)) throw needs('a text', value, field, where)
    note('number-as-text')
    return String(value)
  }

  return (value, where, { row }) => {
    const held = fieldsOf(value, where)
    const judged = judgedOf(columns, held, where)
    if ('leftOut' in judged) return judged
    const { responses, chosen } = judged
    const prompt = columns.prompt === undefined ? undefined : mappedPrompt(held[columns.prompt], columns.prompt, where)
    const example: Example = {
      v: 1,
      id: columns.id === undefined ? `row-${row + 1}` : nameOf(held[columns.id], columns.id, where),
      subset: columns.subset === undefined ? 'all' : nameOf(held[columns.subset], columns.subset, where),
      prompt: sharedPrompt(prompt, responses, where),
      responses: responses.map(({ text, model }): Response => (model === undefined ? { text } : { text, model })),
      chosen,
      metadata: metadataOf(held, isKept),
    }
    return isSound(example) ? example : parseExample(example, where)
  }
}

/** True for what `parseExample` would take, given that the types are right: the rest it explains. */
function isSound({ id, subset, responses, chosen, prompt }: Example): boolean {
  return (
    id !== '' &&
    subset !== '' &&
    responses.length > 1 &&
    chosen.length > 0 &&
    (typeof prompt === 'string' || prompt.length > 0)
  )
}

/** The responses in the file's order (chosen columns first), and which of them are chosen. */
function judgedOf(
  columns: BenchmarkColumns,
  row: Row,
  where: Where,
): { readonly responses: readonly Held[]; readonly chosen: readonly number[] } | LeftOut {
  if (columns.chosen !== undefined && columns.rejected !== undefined) {
    const right = responsesOf(columns.chosen, columns, row, where)
    const wrong = responsesOf(columns.rejected, columns, row, where)
    const responses = withModels([...right, ...wrong], columns.models, row, where)
    return { responses, chosen: right.map((_, at) => at) }
  }
  if (columns.responses === undefined) throw needs('columns for chosen and rejected', undefined, 'columns', where)
  const found = responsesOf(columns.responses, columns, row, where)
  const responses = columns.text === undefined ? withModels(found, columns.models, row, where) : found
  const chosen = columns.rank === undefined ? labelled(columns, responses.length, row, where) : ranked(responses)
  return chosen === 'tie' ? { leftOut: 'tied' } : { responses, chosen }
}

function responsesOf(names: string | readonly string[], columns: BenchmarkColumns, row: Row, where: Where): Held[] {
  if (typeof names === 'string') return heldIn(row[names], names, columns, where)
  return names.flatMap((name) => heldIn(row[name], name, columns, where))
}

/** What a column holds: a text, a conversation, or a list of them. */
function heldIn(value: unknown, field: string, columns: BenchmarkColumns, where: Where): Held[] {
  if (Array.isArray(value) && !isConversation(value)) {
    if (value.length === 0) throw needs('at least one response', value, field, where)
    return value.map((item: unknown, at) => heldOne(item, `${field}.${at}`, columns, where))
  }
  return [heldOne(value, field, columns, where)]
}

function heldOne(value: unknown, field: string, columns: BenchmarkColumns, where: Where): Held {
  if (typeof value === 'string' && columns.prompt !== undefined) return { text: value }
  if (columns.text !== undefined) return heldObject(value, field, columns, where)
  const messages = conversationOf(value)
  if (messages === undefined) {
    if (typeof value === 'string') return { text: value }
    throw needs('a text or messages', value, field, where)
  }
  const last = messages.at(-1)
  if (last?.role !== 'assistant')
    throw needs('a conversation that ends in an answer of the assistant', last?.role, field, where)
  return { text: last.content, before: promptOf(messages.slice(0, -1)) }
}

function heldObject(value: unknown, field: string, columns: BenchmarkColumns, where: Where): Held {
  const item = fieldsOf(value, where, field)
  const text = item[columns.text as string]
  if (typeof text !== 'string') throw needs('a text', text, `${field}.${columns.text}`, where)
  const model = typeof columns.models === 'string' ? item[columns.models] : undefined
  const rank = columns.rank === undefined ? undefined : Number(item[columns.rank])
  if (rank !== undefined && !Number.isFinite(rank))
    throw needs('a number', item[columns.rank as string], `${field}.${columns.rank}`, where)
  return { text, rank, ...(typeof model === 'string' ? { model } : {}) }
}

/** The responses of the lowest rank. */
function ranked(responses: readonly Held[]): number[] | 'tie' {
  const best = Math.min(...responses.map(({ rank }) => rank as number))
  const chosen = responses.flatMap(({ rank }, at) => (rank === best ? [at] : []))
  return chosen.length === responses.length ? 'tie' : chosen
}

/** Labels that name a side in well-known files. */
const SIDES: readonly (readonly LabelValue[])[] = [
  ['A', 'a', 'A>B', 'model_a', 'response_a', 'model_1', 'response_1'],
  ['B', 'b', 'B>A', 'model_b', 'response_b', 'model_2', 'response_2'],
]
const TIES: readonly LabelValue[] = ['tie', 'Tie', 'A=B', 'both_bad', 'tie (bothbad)']

function labelled(columns: BenchmarkColumns, responses: number, row: Row, where: Where): number[] | 'tie' {
  const { label } = columns
  if (label === undefined) throw needs('a label or a rank', undefined, 'columns', where)
  if (typeof label !== 'string') {
    const chosen = label.flatMap((name, at) => (isTrue(row[name]) ? [at] : []))
    return chosen.length === 0 || chosen.length === responses ? 'tie' : chosen
  }
  const found = row[label]
  const values = columns.values ?? SIDES
  const side = values.findIndex((meant) => meant.some((value) => String(value) === String(found)))
  if (side >= 0 && side < responses) return [side]
  if ((columns.ties ?? TIES).some((value) => String(value) === String(found))) return 'tie'
  throw needs(`one of ${values.flat().join(', ')}`, found, label, where)
}

function isTrue(value: unknown): boolean {
  return value === true || Number(value) === 1 || String(value).toLowerCase() === 'true'
}

function withModels(
  responses: readonly Held[],
  models: string | readonly string[] | undefined,
  row: Row,
  where: Where,
): readonly Held[] {
  if (models === undefined) return responses
  const found: unknown = typeof models === 'string' ? row[models] : models.map((name) => row[name])
  const names: readonly unknown[] = Array.isArray(found) ? found : responses.map(() => found)
  if (names.length !== responses.length)
    throw needs(`${responses.length} models, one a response`, found, 'models', where)
  return responses.map((held, at) => {
    const model = names[at]
    if (model === null || model === undefined) return held
    if (typeof model !== 'string') throw needs('the name of a model', model, 'models', where)
    return { ...held, model }
  })
}

function mappedPrompt(value: unknown, field: string, where: Where): Prompt {
  if (typeof value === 'string') return value
  const messages = conversationOf(value)
  if (messages !== undefined && messages.length > 0) return messages
  throw needs('a text or messages', value, field, where)
}

/** The prompt; where a response comes with the conversation before it, that has to be the same one. */
function sharedPrompt(mapped: Prompt | undefined, responses: readonly Held[], where: Where): Prompt {
  const prompt = mapped ?? responses[0]?.before
  if (prompt === undefined) throw needs('a prompt, or conversations that begin with it', undefined, 'prompt', where)
  for (const [at, { before }] of responses.entries())
    if (before !== undefined && before !== prompt && !samePrompt(prompt, before))
      throw needs('one prompt for all responses', before, `responses.${at}`, where)
  if (mapped === undefined && responses.some(({ before }) => before === undefined))
    throw needs(
      'conversations that begin with the prompt',
      responses.find(({ before }) => before === undefined)?.text,
      'prompt',
      where,
    )
  return prompt
}

function namedColumns({
  id,
  subset,
  prompt,
  chosen,
  rejected,
  responses,
  label,
  text,
  models,
}: BenchmarkColumns): Set<string> {
  const ofRow = text === undefined ? models : undefined
  return new Set(
    [id, subset, prompt, chosen, rejected, responses, label, ofRow].flat().filter((name) => name !== undefined),
  )
}

function keptInMetadata({ metadata }: BenchmarkColumns, named: ReadonlySet<string>): (column: string) => boolean {
  if (metadata === undefined) return (column) => !named.has(column)
  const kept = new Set(metadata)
  return (column) => kept.has(column)
}

function metadataOf(row: Row, isKept: (column: string) => boolean): Record<string, unknown> {
  const metadata: Record<string, unknown> = {}
  for (const column in row) if (isKept(column)) metadata[column] = row[column]
  return metadata
}
