import type { JsonObject } from './vega-lite-spec.js'

/** Small multiples: panels in rows of at most `columns`, each told whether it is the first of its row or in the last row. */
export function panels(
  count: number,
  columns: number,
  panel: (index: number, place: { readonly isFirst: boolean; readonly isLast: boolean }) => JsonObject,
): JsonObject {
  const place = (i: number): { isFirst: boolean; isLast: boolean } => ({
    isFirst: i % columns === 0,
    isLast: i + columns >= count,
  })
  return {
    columns,
    spacing: { row: 30, column: 22 },
    align: 'each',
    bounds: 'full',
    concat: Array.from({ length: count }, (_, i) => panel(i, place(i))),
  }
}
