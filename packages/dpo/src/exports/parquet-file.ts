import type { SchemaElement } from 'hyparquet'
import type { ExportFormat } from './export-format.js'

/** Rows held at once; a million pairs of a few kilobytes are never in memory together. */
const ROW_GROUP = 2_000

/** Writes rows as Parquet, one row group at a time. Names of columns are the rows' keys. */
export async function writeParquet(path: string, rows: AsyncIterable<object>, format: ExportFormat): Promise<void> {
  const { fileWriter, parquetWriteRows } = await import('hyparquet-writer')
  const schema = SCHEMAS[format === 'trl' || format === 'trl-conversational' ? format : 'plain']
  await parquetWriteRows({
    writer: fileWriter(path),
    rows: rows as AsyncIterable<Record<string, unknown>>,
    columns: columnsOf(schema).map((name) => ({ name })),
    schema,
    rowGroupSize: ROW_GROUP,
    createdBy: 'judgelab',
  })
}

const text = (name: string): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  repetition_type: 'REQUIRED',
})
const optional = (element: SchemaElement): SchemaElement => ({ ...element, repetition_type: 'OPTIONAL' })

/** A list of structs of role and content, as `datasets` reads a conversation. */
const messages = (name: string): SchemaElement[] => [
  { name, converted_type: 'LIST', repetition_type: 'REQUIRED', num_children: 1 },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', repetition_type: 'REQUIRED', num_children: 2 },
  text('role'),
  text('content'),
]

const root = (children: number): SchemaElement => ({ name: 'root', num_children: children })

const SCHEMAS: Readonly<Record<'trl' | 'trl-conversational' | 'plain', SchemaElement[]>> = {
  trl: [root(3), text('prompt'), text('chosen'), text('rejected')],
  'trl-conversational': [root(3), ...messages('prompt'), ...messages('chosen'), ...messages('rejected')],
  plain: [
    root(14),
    ...['id', 'strategy', 'subset', 'example_id', 'comparison_id'].map(text),
    ...['presentation', 'judge_id'].map((name) => optional(text(name))),
    ...['right_repeat', 'wrong_repeat'].map((name) => optional({ name, type: 'INT32' })),
    optional(text('prompt_sha256')),
    optional({ name: 'weight', type: 'DOUBLE' }),
    ...['input', 'preferred', 'non_preferred'].map(text),
  ],
}

/** The columns of a schema: the children of its root, each of which is followed by its own descendants. */
function columnsOf(schema: readonly SchemaElement[]): string[] {
  const names: string[] = []
  let open = 0
  for (const { name, num_children = 0 } of schema.slice(1)) {
    if (open === 0) names.push(name)
    else open--
    open += num_children
  }
  return names
}
