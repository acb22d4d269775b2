import { digest } from '@judgelab/core'
import type { BulkCall } from '../../judge.js'
import { fieldsOf } from './template-columns.js'

/** A row of a dataset: the responses A and B, and what else the template names. */
export type EvalRow = Readonly<Record<string, string>>

/** A row with the presentations that it answers: those that show A first, and those that show B first. */
export interface PlannedRow {
  readonly row: EvalRow
  readonly original: readonly string[]
  readonly flipped: readonly string[]
}

/** One evaluation of the service. */
export interface PlannedJob {
  /** False: one pass a row, the service's correction of position bias is off. */
  readonly isBothOrders: boolean
  readonly rows: readonly PlannedRow[]
}

/**
 * The jobs that answer calls: one for the pairs that are asked in both orders, one for those of which one order is asked;
 * repeats are jobs of their own. Calls that show the same are one row.
 */
export function planJobs(calls: readonly BulkCall[], columns: readonly string[]): readonly PlannedJob[] {
  const repeats = [...new Set(calls.map(({ presentation }) => presentation.repeat))].sort((a, b) => a - b)
  return repeats.flatMap((repeat) => {
    const rows = rowsOf(
      calls.filter(({ presentation }) => presentation.repeat === repeat),
      columns,
    )
    return [true, false].flatMap((isBothOrders) => {
      const its = rows.filter(({ flipped }) => flipped.length > 0 === isBothOrders)
      if (its.length === 0) return []
      return [{ isBothOrders, rows: its }]
    })
  })
}

/** Pairs in the order in which they are first asked; what is asked first of a pair is its A. */
function rowsOf(calls: readonly BulkCall[], columns: readonly string[]): readonly PlannedRow[] {
  const rows = new Map<string, { row: EvalRow; original: string[]; flipped: string[] }>()
  for (const { presentation, shown } of calls) {
    const [a, b] = shown.slots as [string, string]
    const fields = fieldsOf(columns, shown)
    const swapped = rows.get(digest([fields, b, a]))
    if (swapped !== undefined && a !== b) {
      swapped.flipped.push(presentation.id)
      continue
    }
    const key = digest([fields, a, b])
    const known = rows.get(key) ?? { row: { ...fields, response_a: a, response_b: b }, original: [], flipped: [] }
    rows.set(key, known)
    if (a === b && known.original.length > known.flipped.length) known.flipped.push(presentation.id)
    else known.original.push(presentation.id)
  }
  return [...rows.values()]
}
