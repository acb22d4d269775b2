import type { PrintedExample } from '@judgelab/datasets'

/** Whether the examples that the article prints stand where it prints them: `3 of 3 examples that the article prints …`. */
export function printedWords(printed: readonly PrintedExample[]): string {
  const right = printed.filter(({ differences }) => differences.length === 0).length
  const warning = right === printed.length ? '' : ': these are not the rows that the article drew from'
  return `${right} of ${printed.length} examples that the article prints stand where it prints them${warning}`
}

/** The same as a line, and one for each example that differs; nothing where the split is not the article's. */
export function printedLines(printed: readonly PrintedExample[] | null): string {
  if (printed === null) return ''
  const differing = printed.filter(({ differences }) => differences.length > 0)
  const lines = differing.map(({ what, id, differences }) => `  ${what}: ${id} differs in ${differences.join(', ')}\n`)
  return `${printedWords(printed)}\n${lines.join('')}`
}
