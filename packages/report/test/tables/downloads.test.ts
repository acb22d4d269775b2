import type { Table } from '@judgelab/analysis'
import { describe, expect, it } from 'vitest'
import { csvTable, csvText, escapeLatex, latexTable } from '../../src/index.js'
import { tableData, tryParseTable } from '../../src/tables/table-data.js'
import { PAYLOADS } from '../support/payloads.js'
import { SAMPLE_TABLE } from '../support/sample-report.js'

const SMALL: Table = {
  caption: 'Two judges & 5 % more.',
  columns: [
    { key: 'judge', label: 'Judge', kind: 'text' },
    { key: 'accuracy', label: 'Accuracy', unit: '%', kind: 'interval' },
    { key: 'p', label: 'p', kind: 'p' },
  ],
  rows: [
    { judge: 'a_1', accuracy: { value: 0.5, low: 0.4, high: 0.6 }, p: 0.00001 },
    { judge: 'é, “b”', accuracy: { value: 0.25, low: Number.NaN, high: Number.NaN }, p: null },
  ],
  boldRow: 0,
  missing: 'no test',
}

describe('csvTable', () => {
  it('has keys in the head, numbers as they are, and three columns for an interval', () => {
    expect(csvTable(SMALL)).toBe(
      'judge,accuracy,accuracy_low,accuracy_high,p\na_1,0.5,0.4,0.6,0.00001\n"é, “b”",0.25,,,\n',
    )
  })
})

/** The fields of one line of CSV, as RFC 4180 and a program that divides at another sign read it. */
function fieldsOf(line: string, separator: string): string[] {
  const fields = line.match(new RegExp(`(?:^|${separator})(?:"(?:[^"]|"")*"|[^${separator}]*)`, 'g')) ?? []
  return fields.map((field) => field.replace(new RegExp(`^${separator}`), '').replace(/^"|"$/g, ''))
}

describe('csvText', () => {
  it.each([',', ';', '\t'])('leaves no formula in any field, divided at %j', (separator) => {
    for (const payload of PAYLOADS)
      for (const field of fieldsOf(`name,${csvText(payload)},1`, separator))
        expect(field.trimStart()).not.toMatch(/^[=+@＝＋－＠]|^-(?!1$)/)
  })

  it('keeps a text on one line, quoted where it must be', () => {
    expect(csvText('a\nb')).toBe('a b')
    expect(csvText('a, "b"')).toBe('"a, ""b"""')
    expect(csvText('=1+1')).toBe("'=1+1")
    expect(csvText('linear + DPO − linear')).toBe('linear + DPO − linear')
  })
})

describe('latexTable', () => {
  it('sets heads that are wider than their columns on several lines', () => {
    const columns = [{ key: 'cost', label: 'A thousand judgments', unit: 'USD & tax', kind: 'number' }] as const
    const text = latexTable({ caption: 'c', columns, rows: [{ cost: 1_234_567.5 }] })
    expect(text).toContain('\\shortstack[r]{A thousand\\\\judgments,\\\\USD \\& tax} \\\\')
  })

  it('has three rules, a caption and a label; the row that carries the claim is bold', () => {
    expect(latexTable(SMALL, { label: 'tab:1' }).split('\n')).toEqual([
      '\\begin{table}[htbp]',
      '\\centering',
      '\\caption{Two judges \\& 5 \\% more.}',
      '\\label{tab:1}',
      '\\smallskip',
      '\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%',
      '\\begin{tabular}{lrr}',
      '\\toprule',
      'Judge & Accuracy, \\% & p \\\\',
      '\\midrule',
      '\\textbf{a\\_1} & \\textbf{50.0 [40.0, 60.0]} & \\textbf{\\textless{} 0.001} \\\\',
      `\\'{e}, \\textquotedblleft{}b\\textquotedblright{} & 25.0${'\\phantom{0}'.repeat(13)} & \\textendash{} \\\\`,
      '\\bottomrule',
      '\\end{tabular}}',
      '\\par\\smallskip{\\footnotesize \\textendash{} no test}',
      '\\end{table}',
      '',
    ])
  })
})

describe('escapeLatex', () => {
  it('leaves no command, group, comment, argument or cell of a hostile text', () => {
    for (const payload of PAYLOADS) {
      const latex = escapeLatex(payload)
      expect(latex).not.toMatch(/\n/)
      expect(latex).not.toMatch(/^[[*]/)
      // What is left when every escape of ours is taken away has no active sign in it.
      const rest = latex
        .replace(/\{\\ifdefined\\Umathchar [^\\]+\\else U\+[0-9A-F]+\\fi\}/gu, '')
        .replace(/\\[`'^~=u."rHvc]\{[A-Za-z]\}|\$\\[a-z]+\$|\$-\$|\$\^\{(?:\\circ|2)\}\$|\{\\char34\}/g, '')
        .replace(/\\phantom\{0\}|\\(?:[a-zA-Z]+)\{\}|\\[{}$&#%_,]|\{\}/g, '')
        .replaceAll('~', '')
      expect(rest).not.toMatch(/[\\{}$&#%_^~]/)
    }
  })

  it('builds accents, and shows what pdfTeX has no glyph for', () => {
    expect(escapeLatex('Łukasz, naïve — “50 %”')).toBe(
      '\\L{}ukasz, na\\"{i}ve \\textemdash{} \\textquotedblleft{}50 \\%\\textquotedblright{}',
    )
    expect(escapeLatex('中')).toBe('{\\ifdefined\\Umathchar 中\\else U+4E2D\\fi}')
    expect(escapeLatex('a -- b')).toBe('a -{}- b')
  })
})

describe('tableData', () => {
  it('comes back as the table that it was', () => {
    expect(csvTable(tryParseTable(tableData(SAMPLE_TABLE))!)).toBe(csvTable(SAMPLE_TABLE))
    expect(latexTable(tryParseTable(tableData(SMALL))!)).toBe(latexTable(SMALL))
  })

  it.each(['', '{', '[]', '{"columns":[{}],"rows":[],"caption":""}', '{"columns":[],"rows":[null],"caption":1}'])(
    'is nothing where the text is %j',
    (text) => expect(tryParseTable(text)).toBeUndefined(),
  )
})
