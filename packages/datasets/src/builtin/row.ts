/** One line of the built-in benchmark, in RewardBench 2's field names. */
export interface BuiltinRow {
  readonly id: string
  readonly prompt: string
  readonly chosen: readonly string[]
  readonly rejected: readonly string[]
  readonly num_correct: number
  readonly num_incorrect: number
  readonly total_completions: number
  readonly models: readonly string[]
  readonly subset: string
  readonly metadata: Readonly<Record<string, unknown>>
}

/** What a subset's generator writes: an example that has no id yet. */
export interface Draft {
  readonly prompt: string
  readonly chosen: readonly string[]
  readonly rejected: readonly string[]
  /** What a reader or a test needs to check the labels; never shown to a judge. */
  readonly metadata: Readonly<Record<string, unknown>>
}

/** Gives a draft its id, its subset and its counts. */
export function toRow(draft: Draft, id: string, subset: string): BuiltinRow {
  return {
    id,
    prompt: draft.prompt,
    chosen: draft.chosen,
    rejected: draft.rejected,
    num_correct: draft.chosen.length,
    num_incorrect: draft.rejected.length,
    total_completions: draft.chosen.length + draft.rejected.length,
    models: ['synthetic'],
    subset,
    metadata: { synthetic: true, ...draft.metadata },
  }
}

/** JSON Lines, one row a line, with a newline at the end. */
export function toJsonLines(rows: readonly BuiltinRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
