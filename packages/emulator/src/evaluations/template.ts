import type { Row } from './read-rows.js'

/** The columns that a Jinja2 template names, in the order in which they come. */
export function columnsNamed(template: string): string[] {
  const parts = [...template.matchAll(/\{\{(.*?)\}\}|\{%(.*?)%\}/gs)].map(([, shown, told]) => shown ?? told ?? '')
  const words = parts.flatMap(
    (part) => part.replaceAll(/'[^']*'|"[^"]*"/g, '').match(/(?<![.|\w]\s*)[A-Za-z_]\w*/g) ?? [],
  )
  return [...new Set(words.filter((word) => !NOT_COLUMNS.has(word)))]
}

const NOT_COLUMNS: ReadonlySet<string> = new Set([
  'if',
  'elif',
  'else',
  'endif',
  'for',
  'endfor',
  'in',
  'not',
  'and',
  'or',
  'is',
  'none',
  'true',
  'false',
  'set',
  'defined',
  'loop',
])

/** A template with its variables filled in. Of Jinja2, only `{{ column }}` is done; the rest stays as it is. */
export function renderTemplate(template: string, row: Row): string {
  return template.replaceAll(/\{\{\s*([A-Za-z_]\w*)[^}]*\}\}/g, (_, name: string) => textOf(row[name]))
}

/** A field as text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
}
