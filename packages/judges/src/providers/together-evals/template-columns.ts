import { promptText, type ShownPresentation } from '@judgelab/core'

/** Columns that a dataset for an evaluation can have beside the two responses: those that the judge's template names. */
const COLUMNS: Readonly<Record<string, (shown: ShownPresentation) => string>> = {
  prompt: ({ prompt }) => promptText(prompt),
  subset: ({ subset = '' }) => subset,
  reference: ({ reference = '' }) => reference,
}

/** The names of columns that may stand in a template. */
export const COLUMN_NAMES: readonly string[] = Object.keys(COLUMNS)

/**
 * The columns that a Jinja2 template names, as in `{{ prompt }}` or `{% if reference %}`. A dataset has these and no
 * others: a column that no template uses makes the service refuse the job.
 */
export function columnsOf(template: string): readonly string[] {
  const tags = [...template.matchAll(/\{\{(.*?)\}\}|\{%(.*?)%\}/gs)].map(([, shown, told]) => shown ?? told ?? '')
  return COLUMN_NAMES.filter((name) => tags.some((tag) => new RegExp(`\\b${name}\\b`).test(tag)))
}

/** The fields of one row, but for the responses. */
export function fieldsOf(columns: readonly string[], shown: ShownPresentation): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.flatMap((name) => (COLUMNS[name] === undefined ? [] : [[name, COLUMNS[name](shown)]])),
  )
}
