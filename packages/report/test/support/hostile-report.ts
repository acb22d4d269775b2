import { htmlFigure, htmlTable, type Output, type ReportInput } from '../../src/index.js'
import { executed, SAMPLE_TABLE } from './sample-report.js'

/** One output of a cell. */
export const display = (data: Readonly<Record<string, unknown>>): Output => ({
  output_type: 'display_data',
  data,
  metadata: {},
})

/** A report with each text everywhere that a text can stand; where there is room for one only, all of them after each other. */
export function hostileReport(texts: readonly string[]): ReportInput {
  const all = texts.join(' ')
  const labelled = texts.map((text) => ({ label: text, value: text }))
  return {
    title: all,
    question: all,
    answer: all,
    notice: all,
    facts: labelled,
    headline: { svg: svgOf(texts[0] ?? ''), caption: all },
    sections: [
      { id: all, title: all, notebook: executed(texts.flatMap(cellsOf)) },
      { id: all, title: all, notebook: executed([]) },
    ],
    examples: {
      caption: all,
      judges: [all],
      contrasts: [{ label: all, before: 0, after: 0 }],
      examples: texts.map((text) => ({
        id: text,
        subset: text,
        prompt: text,
        responses: [
          { text, role: 'chosen' },
          { text: `${text} ${text}`, role: 'rejected' },
        ],
        judgments: [{ verdict: text, passes: [text], texts: [text] }],
        flips: [text],
      })),
    },
    methods: {
      entries: labelled,
      judges: {
        caption: all,
        columns: [
          { key: all, label: all, kind: 'text' },
          { key: 'n', label: all, unit: all, kind: 'integer' },
        ],
        rows: texts.map((text) => ({ [all]: text, n: 1 })),
        missing: all,
      },
      prompts: texts.map((text) => ({ judges: text, sha256: text, text })),
    },
    provenance: labelled,
    files: labelled,
    reproduce: all,
    citation: all,
  }
}

/** A picture that a benign program drew around a hostile text. */
export function svgOf(text: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" aria-label="a" width="9" height="9">${text}</svg>`
}

function cellsOf(text: string): Parameters<typeof executed>[0] {
  const outputs: Output[] = [
    { output_type: 'stream', name: 'stdout', text },
    { output_type: 'error', ename: text, evalue: text, traceback: [text] },
    display({ 'text/html': text }),
    display({ 'text/html': htmlTable({ ...SAMPLE_TABLE, caption: text }) }),
    display({ 'text/html': htmlFigure(svgOf(text), text) }),
    display({ 'image/svg+xml': text }),
    display({ 'image/svg+xml': svgOf(text) }),
    display({ 'image/png': text }),
    display({ 'text/markdown': text }),
    display({ 'text/plain': text }),
    display({ 'text/unheard-of': text }),
    { output_type: 'execute_result', execution_count: 1, data: { 'text/html': text }, metadata: {} },
  ]
  const cell = { id: text, metadata: { tags: [text] }, source: text } as const
  return [
    { cell_type: 'markdown', ...cell },
    {
      cell_type: 'markdown',
      ...cell,
      source: `# ${text}\n\n${text}\n\n> ${text}\n\n- ${text}\n\n| a |\n|---|\n| ${text} |\n\n\`\`\`ts\n${text}\n\`\`\``,
    },
    { cell_type: 'code', ...cell, execution_count: 1, outputs },
    { cell_type: 'raw', ...cell },
  ]
}
