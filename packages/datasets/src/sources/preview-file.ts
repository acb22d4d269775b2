import { type BenchmarkColumns, type BenchmarkFormat, DatasetFormatError } from '@judgelab/core'
import { isConversation } from './conversation.js'
import { formatOf, readRows } from './rows/read-rows.js'

/** What a file looks like, and which columns seem to hold what. */
export interface FilePreview {
  readonly file: string
  readonly format: BenchmarkFormat
  /** In the order of their first appearance, with what the first rows hold in them. */
  readonly columns: readonly { readonly name: string; readonly holds: string }[]
  readonly rows: readonly unknown[]
  /** Undefined where no guess makes sense. */
  readonly guess: BenchmarkColumns | undefined
}

/**
 * The first rows of a file and the mapping that their columns suggest. A guess is only ever shown, never used: whoever
 * knows the file says what its columns mean.
 *
 * @throws {DatasetFormatError} if the file cannot be read or has no rows
 */
export async function previewFile(
  file: string,
  options: { readonly format?: BenchmarkFormat | undefined; readonly rows?: number } = {},
): Promise<FilePreview> {
  const format = options.format ?? formatOf(file)
  const rows = await firstRows(file, format, options.rows ?? 3)
  if (rows.length === 0) throw new DatasetFormatError('expected rows that are objects, found none', { file })
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return {
    file,
    format,
    columns: names.map((name) => ({
      name,
      holds: kindOf(rows.map((row) => row[name]).find((value) => value != null)),
    })),
    rows,
    guess: guessColumns(names, rows),
  }
}

async function firstRows(file: string, format: BenchmarkFormat, wanted: number): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = []
  for await (const batch of readRows(file, format))
    for (const { value } of batch) {
      if (value !== null && typeof value === 'object' && !Array.isArray(value))
        rows.push(value as Record<string, unknown>)
      if (rows.length === wanted) return rows
    }
  return rows
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (isConversation(value)) return 'messages'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of: ${kindOf(value[0])}`
  if (typeof value === 'string') return 'text'
  return typeof value === 'object' ? `an object with ${Object.keys(value as object).join(', ')}` : `a ${typeof value}`
}

/** Names under which well-known files keep what is needed; the first that a file has is taken. */
const PROMPTS = ['prompt', 'question', 'instruction', 'input', 'query', 'context', 'conversation']
const IDS = ['id', 'prompt_id', 'pair_id', 'question_id', 'uid']
const SUBSETS = ['subset', 'category', 'source', 'domain']
const CHOSEN = ['chosen', 'preferred', 'preferred_output', 'response_chosen', 'winner_response', 'better']
const REJECTED = ['rejected', 'non_preferred', 'non_preferred_output', 'response_rejected', 'loser_response', 'worse']
const PAIRS = [
  ['response_a', 'response_b'],
  ['response_A', 'response_B'],
  ['response1', 'response2'],
  ['response_1', 'response_2'],
  ['conversation_a', 'conversation_b'],
  ['output_1', 'output_2'],
  ['answer_a', 'answer_b'],
]
const LABELS = ['winner', 'label', 'preference', 'overall_preference', 'preference_strength', 'choice']
const MODELS = [
  ['chosen_model', 'rejected_model'],
  ['model_a', 'model_b'],
]

function guessColumns(
  names: readonly string[],
  rows: readonly Record<string, unknown>[],
): BenchmarkColumns | undefined {
  const one = (wanted: readonly string[]): string | undefined => wanted.find((name) => names.includes(name))
  const both = (wanted: readonly (readonly string[])[]): readonly string[] | undefined =>
    wanted.find((pair) => pair.every((name) => names.includes(name)))
  const common = { id: one(IDS), prompt: one(PROMPTS), subset: one(SUBSETS), models: both(MODELS) }
  const [chosen, rejected] = [one(CHOSEN), one(REJECTED)]
  if (chosen !== undefined && rejected !== undefined) return present({ ...common, chosen, rejected })
  const responses = both(PAIRS)
  const label = one(LABELS)
  if (responses !== undefined && label !== undefined) {
    const isNumber = rows.some((row) => typeof row[label] === 'number')
    const values = isNumber
      ? {
          values: [
            [-3, -2, -1],
            [1, 2, 3],
          ],
          ties: [0],
        }
      : {}
    return present({ ...common, responses, label, ...values })
  }
  const answers = one(['answers', 'responses', 'completions'])
  const [item] = answers === undefined ? [] : ((rows[0]?.[answers] as readonly unknown[] | undefined) ?? [])
  if (answers === undefined || item === null || typeof item !== 'object') return undefined
  const keys = Object.keys(item)
  const text = ['answer', 'response', 'text', 'content'].find((key) => keys.includes(key))
  if (text === undefined || !keys.includes('rank')) return undefined
  return present({
    ...common,
    models: keys.includes('model') ? 'model' : undefined,
    responses: answers,
    text,
    rank: 'rank',
  })
}

function present(columns: BenchmarkColumns): BenchmarkColumns {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

/** A preview as an error shows it: each column with up to three values, and the guess as lines for the study file. */
export function describePreview({ columns, rows, guess }: FilePreview): string {
  const table = columns.map(({ name, holds }) => `    ${name}: ${holds}, as ${valuesOf(rows, name)}`)
  const mapping =
    guess === undefined
      ? ['  No mapping suggests itself: say what `chosen` and `rejected`, or `responses` and `label`, are called.']
      : [
          '  It looks as if this were meant (check it, then put it into the study file):',
          '    columns:',
          ...Object.entries(guess).map(
            ([key, value]) => `      ${key}: ${JSON.stringify(value).replace(/^"(\w+)"$/, '$1')}`,
          ),
        ]
  const head = rows.length === 1 ? '  The first row:' : `  The first ${rows.length} rows:`
  return [head, ...table, ...mapping].join('\n')
}

/** What the first rows hold in a column, each value once. */
function valuesOf(rows: readonly unknown[], name: string): string {
  const values = rows.map((row) => shortened((row as Record<string, unknown>)[name]))
  return [...new Set(values)].slice(0, SHOWN_VALUES).join(', ')
}

const SHOWN_VALUES = 3

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
