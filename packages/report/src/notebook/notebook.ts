/** A Jupyter notebook, format 4.5, with multi-line texts joined. */
export interface Notebook {
  readonly nbformat: 4
  readonly nbformat_minor: number
  readonly metadata: Metadata
  readonly cells: readonly Cell[]
}

/** What a notebook, cell or output carries beside its content: free JSON. */
export type Metadata = Readonly<Record<string, unknown>>

/** A cell of prose, of code, or of text that is passed on as it is. */
export type Cell = MarkdownCell | CodeCell | RawCell

/** Prose. */
export interface MarkdownCell {
  readonly cell_type: 'markdown'
  readonly id: string
  readonly metadata: Metadata
  readonly source: string
  readonly attachments?: Metadata
}

/** Code, and what it gave when it was last run. */
export interface CodeCell {
  readonly cell_type: 'code'
  readonly id: string
  readonly metadata: Metadata
  readonly source: string
  readonly execution_count: number | null
  readonly outputs: readonly Output[]
}

/** Text for some other program. */
export interface RawCell {
  readonly cell_type: 'raw'
  readonly id: string
  readonly metadata: Metadata
  readonly source: string
  readonly attachments?: Metadata
}

/** What a code cell gave. */
export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput

/** Text written to standard output or standard error. */
export interface StreamOutput {
  readonly output_type: 'stream'
  readonly name: 'stdout' | 'stderr'
  readonly text: string
}

/** Something shown, in one or more forms by MIME type. */
export interface DisplayOutput {
  readonly output_type: 'display_data'
  readonly data: MimeBundle
  readonly metadata: Metadata
}

/** The value of a cell's last expression, in one or more forms by MIME type. */
export interface ResultOutput {
  readonly output_type: 'execute_result'
  readonly execution_count: number | null
  readonly data: MimeBundle
  readonly metadata: Metadata
}

/** An error as a kernel reports it. */
export interface ErrorOutput {
  readonly output_type: 'error'
  readonly ename: string
  readonly evalue: string
  readonly traceback: readonly string[]
}

/** One thing in several forms: texts joined, JSON types as they are. */
export type MimeBundle = Readonly<Record<string, unknown>>

/** A notebook that was run to its end. `path` is the file it came from. */
export interface ExecutedNotebook {
  readonly path: string
  readonly notebook: Notebook
  /** How many code cells ran. */
  readonly cellCount: number
}

/** The words in a cell's `tags`. */
export function cellTags(cell: Cell): readonly string[] {
  const { tags } = cell.metadata
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : []
}
