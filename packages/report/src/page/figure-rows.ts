/** What a figure draws: flat rows with the same keys, in order. */
export interface FigureRows {
  readonly keys: readonly string[]
  readonly rows: readonly Readonly<Record<string, string | number | boolean | null>>[]
}

/** The rows that a picture carries as JSON; nothing where there are none, or the text is anything else. */
export function tryParseRows(text: string): FigureRows | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (!Array.isArray(value) || value.length === 0 || !value.every(isFlat)) return undefined
    return { keys: [...new Set(value.flatMap((row) => Object.keys(row)))], rows: value }
  } catch {
    return undefined
  }
}

function isFlat(row: unknown): row is FigureRows['rows'][number] {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return false
  return Object.values(row).every((value) => value === null || ['string', 'number', 'boolean'].includes(typeof value))
}
