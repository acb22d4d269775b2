/** Preference rows as both services take them. */
export function preferenceRows(count: number): object[] {
  return Array.from({ length: count }, (_, at) => ({
    input: { messages: [{ role: 'user', content: `What is ${at} plus ${at}?` }] },
    preferred_output: [{ role: 'assistant', content: `${at} plus ${at} is ${2 * at}.` }],
    non_preferred_output: [{ role: 'assistant', content: `I would guess ${2 * at + 1}, but who knows!!!` }],
  }))
}

/** Rows as JSONL. */
export function jsonl(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('')
}
