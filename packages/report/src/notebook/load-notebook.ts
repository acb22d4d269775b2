import { readFile } from 'node:fs/promises'
import { DatasetFormatError } from '@judgelab/core'
import { z } from 'zod'
import type { Notebook } from './notebook.js'

/**
 * Reads a notebook and checks that it has Jupyter's format 4. Multi-line texts are joined; cells without an id
 * (formats before 4.5) get `cell-1`, `cell-2` …
 *
 * @throws {DatasetFormatError} naming the file, and the cell where there is one
 */
export async function loadNotebook(path: string): Promise<Notebook> {
  return parseNotebook(await readFile(path, 'utf8'), path)
}

/** As `loadNotebook`, from text. `path` is for error messages. */
export function parseNotebook(text: string, path: string): Notebook {
  const json = parseJson(text, path)
  const parsed = notebookSchema.safeParse(json)
  if (parsed.success) return parsed.data as Notebook
  const issue = parsed.error.issues[0]!
  throw new DatasetFormatError(describeIssue(issue), { file: path, field: fieldName(issue.path) })
}

const text = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(''))])
const metadata = z.record(z.string(), z.unknown())
const mimeBundle = z.record(z.string(), z.unknown()).transform(joinTexts)

const output = z.discriminatedUnion('output_type', [
  z.object({ output_type: z.literal('stream'), name: z.enum(['stdout', 'stderr']), text }),
  z.object({ output_type: z.literal('display_data'), data: mimeBundle, metadata }),
  z.object({
    output_type: z.literal('execute_result'),
    execution_count: z.number().int().nullable(),
    data: mimeBundle,
    metadata,
  }),
  z.object({ output_type: z.literal('error'), ename: z.string(), evalue: z.string(), traceback: z.array(z.string()) }),
])

const cellBase = { id: z.string().optional(), metadata, source: text, attachments: metadata.optional() }
const cell = z.discriminatedUnion('cell_type', [
  z.object({ cell_type: z.literal('markdown'), ...cellBase }),
  z.object({ cell_type: z.literal('raw'), ...cellBase }),
  z.object({
    cell_type: z.literal('code'),
    ...cellBase,
    execution_count: z.number().int().nullable(),
    outputs: z.array(output),
  }),
])

const notebookSchema = z
  .object({ nbformat: z.literal(4), nbformat_minor: z.number().int(), metadata, cells: z.array(cell) })
  .transform((notebook) => ({
    ...notebook,
    nbformat_minor: Math.max(5, notebook.nbformat_minor),
    cells: notebook.cells.map((cell, i) => ({ ...cell, id: cell.id ?? `cell-${i + 1}` })),
  }))

/** Joins the texts of a MIME bundle; JSON types stay as they are. */
function joinTexts(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isJson = (type: string): boolean => type === 'application/json' || type.endsWith('+json')
  const isLines = (value: unknown): value is string[] => Array.isArray(value)
  return Object.fromEntries(
    Object.entries(data).map(([type, value]) => [type, !isJson(type) && isLines(value) ? value.join('') : value]),
  )
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new DatasetFormatError(
      `a notebook needs to be JSON, got ${(cause as Error).message}`,
      { file: path },
      { cause },
    )
  }
}

/** `cells.3.source` counts from 0; a reader counts cells from 1. */
function fieldName(path: readonly PropertyKey[]): string {
  const [head, index, ...rest] = path
  if (head !== 'cells' || typeof index !== 'number') return path.join('.') || 'notebook'
  return [`cell ${index + 1}`, ...rest].join(' ')
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return `a notebook of format 4 needs another value here, got ${issue.message.replace(/^Invalid input: /, '')}`
}
