import type { ColumnKind } from '../table.js'
import type { ColumnSchema, TableSchema } from './table-schema.js'
import { TABLE_GROUPS } from './table-schemas.js'

/** docs/tables.md: every tidy table with the keys of its columns and what they mean. */
export function tablesPage(): string {
  const groups = TABLE_GROUPS.map(({ title, tables }) => [`## ${title}`, ...tables.map(tableText)].join('\n\n'))
  return `${[INTRODUCTION, ...groups].join('\n\n')}\n`
}

const INTRODUCTION = `# Tables

Every table of a report is a function of \`@judgelab/analysis\` that gives plain data: columns, rows and a caption. In a
notebook, \`accuracyTable(await loadResults('quickstart')).rows\` are the rows as objects by the keys below, for
\`aq.from(rows)\` or \`new dfd.DataFrame(rows)\`. \`htmlTable\`, \`csvTable\`, \`latexTable\` and \`markdownTable\` of \`@judgelab/report\` write
the same table; the downloads of a report are made by them.

In rows and in CSV nothing is rounded and nothing is in percent:

| kind | a value is | in CSV |
|---|---|---|
${Object.entries(kindWords())
  .map(([kind, [value, csv]]) => `| \`${kind}\` | ${value} | ${csv} |`)
  .join('\n')}

A value that is not there is null in rows and an empty field in CSV; the note under a table says why. A key with \`<…>\` in it
stands for one column a name. \`unit\` is what the shown table has in its head. Where \`when\` says something, the column is
left out otherwise. Policies, tests, intervals and families stand in the caption.

This page is written by \`node scripts/tables-page.mjs\`; a test holds it against the tables that the code makes.`

function kindWords(): Readonly<Record<ColumnKind, readonly [string, string]>> {
  const one = 'one column'
  const three = '`key`, `key_low`, `key_high`'
  return {
    text: ['words', one],
    integer: ['a count', one],
    number: ['a number', one],
    percent: ['a proportion in [0, 1]', one],
    points: ['a difference of proportions in [−1, 1]', one],
    p: ['a p-value in [0, 1]', one],
    interval: ['a proportion with its limits: `{value, low, high}`', three],
    'points-interval': ['a difference of proportions with its limits: `{value, low, high}`', three],
  }
}

function tableText({ name, row, columns }: TableSchema): string {
  return [
    `### ${name}`,
    '',
    `One row ${row}.`,
    '',
    '| key | kind | unit | meaning | when |',
    '|---|---|---|---|---|',
    ...columns.map(columnText),
  ].join('\n')
}

function columnText({ key, kind, unit, about, when }: ColumnSchema): string {
  return `| \`${key}\` | \`${kind}\` | ${unit ?? ''} | ${about} | ${when ?? ''} |`
}
