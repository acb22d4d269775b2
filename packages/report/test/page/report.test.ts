import { createHash } from 'node:crypto'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { beforeAll, describe, expect, it } from 'vitest'
import { htmlFigure, htmlTable, type Output, type ReportInput, renderReport } from '../../src/index.js'
import { sanitizeOutput } from '../../src/page/sanitize.js'
import { attributeOf, elementsOf, textOf } from '../support/html.js'
import { PAYLOADS } from '../support/payloads.js'
import { executed, SAMPLE_TABLE, sampleReport } from '../support/sample-report.js'

type Element = DefaultTreeAdapterTypes.Element

let sample: ReportInput
let html: string
let elements: Element[]

beforeAll(async () => {
  sample = await sampleReport()
  html = await renderReport(sample)
  elements = elementsOf(parse(html))
})

const named = (tag: string, among = elements): Element[] => among.filter((element) => element.tagName === tag)
const classed = (name: string, among = elements): Element[] =>
  among.filter((element) => attributeOf(element, 'class')?.split(' ').includes(name))
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

describe('renderReport', () => {
  it('gives the same bytes again', async () => expect(await renderReport(await sampleReport())).toBe(html))

  it('holds itself to its own style and script, and loads nothing', () => {
    const policy = named('meta').map((meta) => attributeOf(meta, 'content'))[1]
    expect(policy).toBe(
      [
        "default-src 'none'",
        `style-src ${hashOf(textOf(named('style')[0]!))}`,
        `script-src ${hashOf(textOf(named('script')[0]!))}`,
        'img-src data:',
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; '),
    )
    expect(activeParts(elements)).toEqual([])
  })

  it('puts the answer on the first screen: title, question, answer, one figure, facts', () => {
    const [first] = classed('jl-first')
    const texts = elementsOf(first!)
      .filter((element) => /^(h1|p|figcaption|li)$/.test(element.tagName))
      .map(textOf)
    expect(texts).toEqual([
      sample.title,
      sample.question,
      sample.answer,
      `Figure 1. ${sample.headline.caption}`,
      sample.notice,
      ...sample.facts.map(({ label, value }) => `${label} ${value}`),
    ])
  })

  it('has a table of contents whose every link leads somewhere, and no id twice', () => {
    const ids = elements.flatMap((element) => attributeOf(element, 'id') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    const [contents] = named('nav')
    const links = named('a', elementsOf(contents!)).map((link) => attributeOf(link, 'href')!.slice(1))
    for (const link of links) expect(ids).toContain(link)
    expect(links).toEqual([
      ...[
        'top',
        'baseline',
        'baseline-agreement-with-the-labels',
        'baseline-differences',
        'training',
        'training-lengths',
      ],
      ...['where', 'where-verdicts-that-changed', 'examples', 'methods', 'provenance', 'reproduce', 'cite'],
    ])
  })

  it('numbers figures and tables in order and gives each an anchor', () => {
    const numbers = classed('jl-number').map(textOf)
    const numbered = (kind: string): string[] => numbers.filter((text) => text.startsWith(kind))
    expect(numbered('Figure')).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `Figure ${n}.`))
    expect(numbered('Table')).toEqual(['Table 1.', 'Table 2.'])
    const ids = elements.flatMap((element) => attributeOf(element, 'id') ?? [])
    const anchors = (kind: string): string[] => ids.filter((id) => id.startsWith(`${kind}-`) && /\d$/.test(id))
    expect(anchors('figure')).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `figure-${n}`))
    expect(anchors('table')).toEqual(['table-1', 'table-2'])
  })

  it('keeps heading levels without a gap', () => {
    const levels = elements
      .filter((element) => /^h[1-6]$/.test(element.tagName))
      .map((element) => Number(element.tagName[1]))
    expect(levels[0]).toBe(1)
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 1)).toBeLessThanOrEqual(1)
  })

  it('folds code away, coloured', () => {
    const [code] = classed('jl-code')
    expect(textOf(code!)).toContain("import { loadRun } from '@judgelab/core'")
    expect(classed('jl-keyword', elementsOf(code!)).map(textOf)).toContain('import')
    expect(attributeOf(code!, 'open')).toBeUndefined()
  })

  it('puts a quotation beside the paragraph before it', () => {
    const [noted] = classed('jl-noted')
    const parts = elementsOf(noted!).filter((element) => element.parentNode === noted)
    expect(parts.map((part) => attributeOf(part, 'class') ?? part.tagName)).toEqual(['p', 'jl-note'])
  })

  it('shows every example with its two responses, its judgments and a link of its own', () => {
    const examples = classed('jl-example')
    expect(examples).toHaveLength(sample.examples.length)
    const [first] = examples
    expect(attributeOf(first!, 'id')).toBe('example-factuality-1')
    expect(attributeOf(first!, 'data-flip')).toBe('fixed')
    expect(classed('jl-response', elementsOf(first!)).map((pane) => textOf(pane).slice(0, 20))).toEqual([
      'Chosen by the labelL',
      'Rejected by the labe',
    ])
    expect(textOf(first!)).toContain('first response, margin 1.32')
  })
})

const display = (data: Readonly<Record<string, unknown>>): Output => ({
  output_type: 'display_data',
  data,
  metadata: {},
})

const FIGURE = display({ 'text/html': htmlFigure('<svg width="9" height="9"></svg>', 'a') })
const TABLE = display({ 'text/html': htmlTable(SAMPLE_TABLE) })

/** A report with one text everywhere that a text can stand. */
function reportOf(text: string): ReportInput {
  const labelled = [{ label: text, value: text }]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" aria-label="a" width="9" height="9">${text}</svg>`
  const outputs: Output[] = [
    { output_type: 'stream', name: 'stdout', text },
    { output_type: 'error', ename: text, evalue: text, traceback: [text] },
    display({ 'text/html': text }),
    display({ 'text/html': htmlTable({ ...SAMPLE_TABLE, caption: text }) }),
    display({ 'text/html': htmlFigure(svg, text) }),
    display({ 'image/svg+xml': text }),
    display({ 'image/svg+xml': svg }),
    display({ 'image/png': text }),
    display({ 'text/markdown': text }),
    display({ 'text/plain': text }),
    display({ 'text/unheard-of': text }),
    { output_type: 'execute_result', execution_count: 1, data: { 'text/html': text }, metadata: {} },
  ]
  const cell = { id: text, metadata: { tags: [text] }, source: text } as const
  const notebook = executed([
    { cell_type: 'markdown', ...cell },
    {
      cell_type: 'markdown',
      ...cell,
      source: `# ${text}\n\n${text}\n\n> ${text}\n\n- ${text}\n\n| a |\n|---|\n| ${text} |\n\n\`\`\`ts\n${text}\n\`\`\``,
    },
    { cell_type: 'code', ...cell, execution_count: 1, outputs },
    { cell_type: 'raw', ...cell },
  ])
  return {
    title: text,
    question: text,
    answer: text,
    notice: text,
    facts: labelled,
    headline: { svg, caption: text },
    sections: [
      { id: text, title: text, notebook },
      { id: text, title: text, notebook },
    ],
    examples: [
      {
        id: text,
        subset: text,
        flip: text,
        prompt: text,
        responses: [{ text, role: 'chosen' }],
        judgments: [{ judge: text, before: text, after: text }],
      },
    ],
    methods: labelled,
    provenance: labelled,
    reproduce: text,
    citation: text,
  }
}

describe('hostile text', () => {
  it.each(PAYLOADS.map((payload) => [payload]))(
    '%j runs nothing, loads nothing and stays in its place',
    async (payload) => {
      const page = await renderReport(reportOf(payload))
      const parts = elementsOf(parse(page))
      expect(activeParts(parts)).toEqual([])
      expect(named('main', parts)).toHaveLength(1)
      expect(named('section', parts)).toHaveLength(7)
      expect(named('section', parts).map((section) => (section.parentNode as Element).tagName)).toEqual(
        Array(7).fill('main'),
      )
      expect(classed('jl-example', parts)).toHaveLength(1)
      expect(named('title', parts)).toHaveLength(1)
      expect(page).not.toMatch(/[\u0000-\u0008\u202a-\u202e\u2066-\u2069]/)
      const ids = parts.flatMap((element) => attributeOf(element, 'id') ?? [])
      expect(new Set(ids).size).toBe(ids.length)
    },
  )

  it('shows texts as they were written', async () => {
    const text = '<script>alert("&amp;")</script> {{x}} </title>'
    const parts = elementsOf(parse(await renderReport(reportOf(text))))
    for (const part of [
      named('title', parts)[0],
      named('h1', parts)[0],
      classed('jl-answer', parts)[0],
      classed('jl-text', parts)[0],
    ])
      expect(textOf(part!)).toBe(text)
  })

  it('keeps pictures that stand in the page, and no others', async () => {
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    const source = `![here](data:image/png;base64,${pixel}) ![there](https://example.org/x.png) ![text](data:text/html,x)`
    const outputs = [
      display({ 'image/png': `${pixel.slice(0, 40)}\n${pixel.slice(40)}` }),
      display({
        'text/html': `<img src="data:image/png;base64,${pixel}" alt="a"><img src="https://example.org/x.png">`,
      }),
    ]
    const cells = executed([
      { cell_type: 'markdown', id: 'm', metadata: {}, source },
      { cell_type: 'code', id: 'c', metadata: {}, source: '1', execution_count: 1, outputs },
    ])
    const report = { ...reportOf('x'), sections: [{ id: 'a', title: 'a', notebook: cells }] }
    const parts = elementsOf(parse(await renderReport(report)))
    expect(named('img', parts).map((image) => attributeOf(image, 'src'))).toEqual(
      Array(3).fill(`data:image/png;base64,${pixel}`),
    )
  })

  it('lets prose link out, but not the outputs of cells', async () => {
    const source = '[site](https://example.org/a) [mail](mailto:a@example.org) [file](file:///etc/passwd)'
    const outputs = [display({ 'text/html': '<a href="https://example.org/b">b</a>' })]
    const cells = executed([
      { cell_type: 'markdown', id: 'm', metadata: {}, source },
      { cell_type: 'code', id: 'c', metadata: {}, source: '1', execution_count: 1, outputs },
    ])
    const report = { ...reportOf('x'), sections: [{ id: 'a', title: 'a', notebook: cells }] }
    const parts = elementsOf(parse(await renderReport(report)))
    const links = named('a', parts).map((link) => attributeOf(link, 'href')!)
    expect(links.filter((link) => !link.startsWith('#'))).toEqual(['https://example.org/a', 'mailto:a@example.org'])
  })
})

describe('ids', () => {
  it('are never those of the page itself, whatever notebooks and examples are called', async () => {
    const names = ['content', 'contents', 'figure-1', 'figure', 'table 1', 'example a', 'jl-theme-button', 'examples']
    const sections = names.map((name) => ({
      id: name,
      title: name,
      notebook: executed([
        { cell_type: 'markdown', id: 'm', metadata: {}, source: '# t\n\n## 1\n\n## a' },
        { cell_type: 'code', id: 'c', metadata: {}, source: '1', execution_count: 1, outputs: [FIGURE, TABLE] },
      ]),
    }))
    const { examples } = reportOf('x')
    const named = ['a', 'a', 'a 2', 'A'].map((id) => ({ ...examples[0]!, id }))
    const parts = elementsOf(parse(await renderReport({ ...reportOf('x'), sections, examples: named })))
    const ids = parts.flatMap((part) => attributeOf(part, 'id') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining(['content', 'figure-9', 'table-8', 'example-a', 'jl-theme-button']))
    expect(ids).toEqual(
      expect.arrayContaining(['content-2', 'section-figure-1', 'section-table-1', 'section-example-a']),
    )
    const links = parts.flatMap((part) => (part.tagName === 'a' ? (attributeOf(part, 'href') ?? []) : []))
    for (const link of links) expect(ids).toContain(link.slice(1))
  })
})

describe('outputs of other libraries', () => {
  it('keeps the classes of our own tables and figures, and no other of the page', async () => {
    const html = '<div class="jl-filters jl-example jl-figure other"><p class="jl-side">a</p></div>'
    const cell = { cell_type: 'code', id: 'c', metadata: {}, source: '1', execution_count: 1 } as const
    const notebook = executed([{ ...cell, outputs: [display({ 'text/html': html })] }])
    const page = await renderReport({ ...reportOf('x'), sections: [{ id: 'a', title: 'a', notebook }] })
    expect(page).toContain('<div class="jl-figure"><p>a</p></div>')
  })

  it('keeps every class that our own tables and figures use', () => {
    const classesOf = (html: string): string[] =>
      [...html.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names!.split(' '))
    const own = htmlTable(SAMPLE_TABLE) + htmlFigure('<svg class="jl-chart" width="9" height="9"></svg>', 'a')
    expect(classesOf(sanitizeOutput(own)).toSorted()).toEqual(classesOf(own).toSorted())
  })

  it('keeps their tables and the alignment that they ask for, not their styles', async () => {
    const table =
      '<table style="color:red"><tbody><tr><td style="text-align: right;">1</td><td onclick="x()">2</td></tr></tbody></table>'
    const cell = {
      cell_type: 'code',
      id: 'c',
      metadata: {},
      source: '1',
      execution_count: 1,
      outputs: [display({ 'text/html': table })],
    } as const
    const hidden = { ...cell, metadata: { tags: ['remove-cell'] } }
    const report = { ...reportOf('x'), sections: [{ id: 'a', title: 'a', notebook: executed([cell, hidden]) }] }
    const page = await renderReport(report)
    expect(
      page.match(/<table><tbody><tr><td class="jl-right">1<\/td><td>2<\/td><\/tr><\/tbody><\/table>/g),
    ).toHaveLength(1)
  })
})

/** What could run, style, load or send: everything but the page's own style, script and form. */
function activeParts(parts: readonly Element[]): string[] {
  const tags =
    /^(script|style|link|iframe|object|embed|base|foreignobject|animate|set|use|image|math|template|video|audio|source|noscript)$/i
  const own = ['style', 'script'].flatMap((tag) => parts.find((part) => part.tagName === tag) ?? [])
  return parts.flatMap((part) => {
    const problems = tags.test(part.tagName) && !own.includes(part) ? [`<${part.tagName}>`] : []
    if (part.tagName === 'meta' && attributeOf(part, 'http-equiv') === 'refresh') problems.push('<meta refresh>')
    if (part.tagName === 'form' && attributeOf(part, 'class') !== 'jl-filters') problems.push('<form>')
    for (const { name, value } of part.attrs) {
      if (/^on|^style$|^srcdoc$|^srcset$|^action$|^formaction$|^autofocus$|^ping$/i.test(name))
        problems.push(`${name}="${value}"`)
      if (/^(xlink:)?href$/i.test(name) && !/^(#|https?:\/\/|mailto:)/i.test(value)) problems.push(`${name}="${value}"`)
      if (name === 'src' && !/^data:image\/(png|jpeg|gif|webp);base64,/.test(value)) problems.push(`${name}="${value}"`)
      if (/url\s*\(\s*[^#)]/i.test(value) && /^(fill|stroke|clip-path|filter|mask)$/.test(name))
        problems.push(`${name}="${value}"`)
    }
    return problems
  })
}
