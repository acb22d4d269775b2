import { createHash } from 'node:crypto'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { beforeAll, describe, expect, it } from 'vitest'
import { csvTable, htmlFigure, htmlTable, type ReportFile, type ReportInput, renderReport } from '../../src/index.js'
import { sanitizeOutput } from '../../src/page/sanitize.js'
import { display, hostileReport } from '../support/hostile-report.js'
import { attributeOf, elementsOf, textOf } from '../support/html.js'
import { PAYLOADS } from '../support/payloads.js'
import { executed, SAMPLE_TABLE, sampleReport } from '../support/sample-report.js'

type Element = DefaultTreeAdapterTypes.Element

let sample: ReportInput
let report: readonly ReportFile[]
let pages: ReadonlyMap<string, string>
let all: Element[]

beforeAll(async () => {
  sample = await sampleReport()
  report = await renderReport(sample)
  pages = pagesOf(report)
  all = [...pages.values()].flatMap((html) => elementsOf(parse(html)))
}, 60_000)

const htmlOf = (files: readonly ReportFile[]): (readonly [string, string])[] =>
  files.flatMap(({ path, content }) => (path.endsWith('.html') ? [[path, String(content)] as const] : []))
const pagesOf = (files: readonly ReportFile[]): Map<string, string> =>
  new Map(htmlOf(files).filter(([path]) => path !== 'print.html'))
const printOf = (files: readonly ReportFile[]): string => new Map(htmlOf(files)).get('print.html') ?? ''
const page = (path: string): Element[] => elementsOf(parse(pages.get(path) ?? ''))
const named = (tag: string, among: readonly Element[]): Element[] => among.filter(({ tagName }) => tagName === tag)
const classed = (name: string, among: readonly Element[]): Element[] =>
  among.filter((element) => attributeOf(element, 'class')?.split(' ').includes(name))
const idsOf = (among: readonly Element[]): string[] => among.flatMap((element) => attributeOf(element, 'id') ?? [])
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

describe('renderReport', () => {
  it('gives the same bytes again', async () => expect(await renderReport(await sampleReport())).toEqual(report))

  it('is a folder of pages, tables, figures and the examples as data', () => {
    expect([...pages.keys()]).toEqual([
      ...['index.html', 'baseline.html', 'training.html', 'where.html', 'examples.html', 'methods.html'],
    ])
    const others = report.map(({ path }) => path).filter((path) => !path.endsWith('.html'))
    expect(others.filter((path) => path.startsWith('tables/'))).toEqual(
      [1, 2, 3].flatMap((n) => ['csv', 'md'].map((kind) => `tables/table-${n}.${kind}`)),
    )
    expect(others.filter((path) => path.startsWith('latex/')).toSorted()).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7].flatMap((n) => ['png', 'tex'].map((kind) => `latex/figure-${n}.${kind}`)),
      'latex/report.tex',
      ...[1, 2, 3].map((n) => `latex/table-${n}.tex`),
    ])
    expect(others.filter((path) => path.startsWith('figures/'))).toEqual(
      [1, 2, 3, 4, 5, 6, 7].flatMap((n) => ['svg', 'png', 'csv'].map((kind) => `figures/figure-${n}.${kind}`)),
    )
    expect(others).toContain('examples.jsonl')
  })

  it('holds each page to its own style and scripts, and loads nothing', () => {
    for (const [path, html] of pages) {
      const elements = elementsOf(parse(html))
      const scripts = named('script', elements).filter((script) => attributeOf(script, 'type') === undefined)
      expect(scripts).toHaveLength(path === 'examples.html' ? 2 : 1)
      const policy = named('meta', elements).map((meta) => attributeOf(meta, 'content'))[1]
      expect(policy).toBe(
        [
          "default-src 'none'",
          `style-src ${hashOf(textOf(named('style', elements)[0]!))}`,
          `script-src ${scripts.map((script) => hashOf(textOf(script))).join(' ')}`,
          'img-src data:',
          "base-uri 'none'",
          "form-action 'none'",
        ].join('; '),
      )
      expect(activeParts(elements)).toEqual([])
    }
  })

  it('puts the answer on the first screen: title, question, answer, one figure, facts', () => {
    const [first] = classed('jl-first', page('index.html'))
    const texts = elementsOf(first!)
      .filter((element) => /^(h1|p|figcaption|li)$/.test(element.tagName))
      .map(breakable)
    expect(texts).toEqual([
      sample.title,
      sample.question,
      sample.answer,
      `Figure 1. ${sample.headline.caption}`,
      'Download SVG PNG CSV',
      sample.notice,
      ...sample.facts.map(({ label, value }) => `${label} ${value}`),
    ])
  })

  it('says on the first page what each notebook asks and finds, with a link to it', () => {
    const items = elementsOf(classed('jl-findings', page('index.html'))[0]!)
    expect(named('a', items).map((link) => attributeOf(link, 'href'))).toEqual([
      ...['baseline.html', 'training.html', 'where.html'],
    ])
  })

  it('has contents on every page that name all pages and its own headings, each leading somewhere', () => {
    for (const [path, html] of pages) {
      const elements = elementsOf(parse(html))
      const ids = idsOf(elements)
      expect(new Set(ids).size).toBe(ids.length)
      const contents = named('nav', elements).find((nav) => attributeOf(nav, 'id') === 'contents')
      const links = named('a', elementsOf(contents!)).map((link) => attributeOf(link, 'href')!)
      const inside = links.filter((link) => link.startsWith('#')).map((link) => link.slice(1))
      for (const link of inside) expect(ids).toContain(link)
      expect(links.filter((link) => !link.startsWith('#'))).toEqual([...pages.keys()].filter((name) => name !== path))
    }
    const contents = named('nav', page('baseline.html'))[0]!
    expect(named('a', elementsOf(contents)).map((link) => attributeOf(link, 'href'))).toEqual([
      ...['index.html', '#top', '#baseline-agreement-with-the-labels', '#baseline-differences', 'training.html'],
      ...['where.html', 'examples.html', 'methods.html'],
    ])
  })

  it('numbers figures and tables through all pages and gives each an anchor', () => {
    const numbers = classed('jl-number', all).map(breakable)
    expect(numbers.filter((text) => text.startsWith('Figure'))).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => `Figure ${n}.`),
    )
    expect(numbers.filter((text) => text.startsWith('Table'))).toEqual(['Table 1.', 'Table 2.', 'Table 3.'])
    const anchors = (kind: string): string[] =>
      idsOf(all).filter((id) => id.startsWith(`${kind}-`) && /^\w+-\d$/.test(id))
    expect(anchors('figure')).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `figure-${n}`))
    expect(anchors('table')).toEqual(['table-1', 'table-2', 'table-3'])
  })

  it('keeps heading levels without a gap', () => {
    for (const html of [...pages.values(), printOf(report)]) {
      const levels = elementsOf(parse(html))
        .filter((element) => /^h[1-6]$/.test(element.tagName))
        .map((element) => Number(element.tagName[1]))
      expect(levels[0]).toBe(1)
      for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 1)).toBeLessThanOrEqual(1)
    }
  })

  it('folds code away, coloured', () => {
    const [code] = classed('jl-code', page('baseline.html'))
    expect(textOf(code!)).toContain("import { loadRun } from '@judgelab/core'")
    expect(classed('jl-keyword', elementsOf(code!)).map(textOf)).toContain('import')
    expect(attributeOf(code!, 'open')).toBeUndefined()
  })

  it('puts a quotation beside the paragraph before it', () => {
    const [noted] = classed('jl-noted', all)
    const parts = elementsOf(noted!).filter((element) => element.parentNode === noted)
    expect(parts.map((part) => attributeOf(part, 'class') ?? part.tagName)).toEqual(['p', 'jl-note'])
  })

  it('offers each table and figure as files that are there', () => {
    const paths = report.map(({ path }) => path)
    const links = named('a', all).filter((link) => attributeOf(link, 'download') !== undefined)
    expect(links).toHaveLength(3 * 3 + 7 * 3)
    for (const link of links) expect(paths).toContain(attributeOf(link, 'href'))
  })

  it('offers no PNG of a picture that could not be drawn', async () => {
    const odd = '<figure class="jl-figure"><svg width="5"></svg><figcaption>Nothing.</figcaption></figure>'
    const outputs = [display({ 'text/html': odd })]
    const cell = { cell_type: 'code', id: 'c', metadata: {}, source: '1', execution_count: 1, outputs } as const
    const sections = [{ id: 'odd', title: 'Odd', notebook: executed([cell]) }]
    const files = await renderReport({ ...sample, sections })
    const paths = files.map(({ path }) => path)
    expect(paths).toContain('figures/figure-2.svg')
    expect(paths).not.toContain('figures/figure-2.png')
    const elements = [...pagesOf(files).values()].flatMap((html) => elementsOf(parse(html)))
    const links = named('a', elements).filter((link) => attributeOf(link, 'download') !== undefined)
    expect(links.map(textOf).filter((text) => text === 'PNG')).toHaveLength(1)
    for (const link of links) expect(paths).toContain(attributeOf(link, 'href'))
  })

  it('carries the same texts for copying', () => {
    const carried = [...pages.keys()].map((path) => {
      const element = page(path).find((part) => attributeOf(part, 'id') === 'jl-tables')
      return JSON.parse(textOf(element!)) as Record<string, Record<string, string>>
    })
    const [, baseline] = carried
    expect(Object.keys(Object.assign({}, ...carried))).toEqual(['table-1', 'table-2', 'table-3'])
    expect(baseline!['table-1']!.CSV).toBe(csvTable(SAMPLE_TABLE))
  })

  it('shows the first examples as text, and holds all of them as data with a link of their own', () => {
    const elements = page('examples.html')
    const examples = classed('jl-example', elements).filter((part) => attributeOf(part, 'id') !== undefined)
    expect(examples).toHaveLength(12)
    expect(attributeOf(examples[0]!, 'id')).toBe('example-factuality-1')
    expect(classed('jl-response', elementsOf(examples[0]!)).map((pane) => textOf(pane).slice(0, 20))).toEqual([
      'Chosen by the labelL',
      'Rejected by the labe',
    ])
    const data = JSON.parse(textOf(elements.find((part) => attributeOf(part, 'id') === 'jl-examples')!)) as {
      examples: { anchor: string }[]
    }
    expect(data.examples).toHaveLength(sample.examples.examples.length)
    expect(new Set(data.examples.map(({ anchor }) => anchor)).size).toBe(data.examples.length)
  })

  it('gives the protocol, the judges, the prompts in full and the provenance on a page of methods', () => {
    const text = named('main', page('methods.html')).map(textOf).join('')
    expect(text).toContain('consistent: both orders must name the same response')
    expect(text).toContain('Which response is better?\nAnswer A or B.')
    for (const { value } of sample.provenance) expect(text).toContain(value)
  })

  it('prints all pages as one document without scripts, whose links stay inside it', () => {
    const elements = elementsOf(parse(printOf(report)))
    expect(named('script', elements)).toEqual([])
    const links = named('a', elements).map((link) => attributeOf(link, 'href')!)
    const inside = links.filter((link) => link.startsWith('#')).map((link) => link.slice(1))
    for (const link of inside) expect(idsOf(elements)).toContain(link)
    expect(inside).toEqual(expect.arrayContaining(['baseline', 'training', 'where']))
    expect(classed('jl-number', elements).map(textOf)).toEqual(classed('jl-number', all).map(textOf))
  })
})

const FIGURE = display({ 'text/html': htmlFigure('<svg width="9" height="9"></svg>', 'a') })
const TABLE = display({ 'text/html': htmlTable(SAMPLE_TABLE) })

/** One report for some payloads at a time: rendering takes longer than checking. */
const CHUNKS = Array.from({ length: Math.ceil(PAYLOADS.length / 20) }, (_, i) => PAYLOADS.slice(20 * i, 20 * (i + 1)))

/** All pages of a report, their elements in one list. */
async function elementsOfReport(input: ReportInput): Promise<Element[]> {
  return [...pagesOf(await renderReport(input)).values()].flatMap((html) => elementsOf(parse(html)))
}

describe('hostile text', () => {
  it('is tried in two hundred forms', () => {
    expect(PAYLOADS.length).toBeGreaterThanOrEqual(200)
    expect(new Set(PAYLOADS).size).toBe(PAYLOADS.length)
  })

  it.each(CHUNKS.map((chunk, i) => [i + 1, chunk] as const))(
    'runs nothing, loads nothing, stays in its place, part %i',
    async (_, chunk) => {
      const rendered = await renderReport(hostileReport(chunk))
      const documents = [...pagesOf(rendered).values(), printOf(rendered)]
      expect(documents).toHaveLength(6)
      for (const html of documents) {
        const parts = elementsOf(parse(html))
        expect(activeParts(parts)).toEqual([])
        expect(named('main', parts)).toHaveLength(1)
        expect(named('title', parts)).toHaveLength(1)
        for (const section of named('section', parts))
          expect((section.parentNode as Element).tagName).toMatch(/^(main|section)$/)
        expect(html).not.toMatch(/[\u0000-\u0008\u202a-\u202e\u2066-\u2069]/)
        expect(new Set(idsOf(parts)).size).toBe(idsOf(parts).length)
      }
      for (const { path } of rendered) expect(path).toMatch(/^(?:(?:tables|figures|latex)\/)?[a-z0-9-]+\.[a-z]+$/)
    },
  )

  it('shows texts as they were written', async () => {
    const text = '<script>alert("&amp;")</script> {{x}} </title>'
    const parts = await elementsOfReport(hostileReport([text]))
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
    const report = { ...hostileReport(['x']), sections: [{ id: 'a', title: 'a', notebook: cells }] }
    const parts = await elementsOfReport(report)
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
    const report = { ...hostileReport(['x']), sections: [{ id: 'a', title: 'a', notebook: cells }] }
    const parts = await elementsOfReport(report)
    const links = named('a', parts).map((link) => attributeOf(link, 'href')!)
    expect(links.filter((link) => /^\w+:/.test(link))).toEqual(['https://example.org/a', 'mailto:a@example.org'])
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
    const base = hostileReport(['x'])
    const { examples } = base.examples
    const named = ['a', 'a', 'a 2', 'A'].map((id) => ({ ...examples[0]!, id }))
    const rendered = await renderReport({ ...base, sections, examples: { ...base.examples, examples: named } })
    for (const html of [printOf(rendered), ...pagesOf(rendered).values()]) {
      const ids = idsOf(elementsOf(parse(html)))
      expect(new Set(ids).size).toBe(ids.length)
    }
    const ids = idsOf(elementsOf(parse(printOf(rendered))))
    expect(ids).toEqual(expect.arrayContaining(['content', 'figure-9', 'table-8', 'example-a']))
    expect(ids).toEqual(
      expect.arrayContaining(['content-2', 'section-figure-1', 'section-table-1', 'section-example-a']),
    )
  })
})

describe('outputs of other libraries', () => {
  it('keeps the classes of our own tables and figures, and no other of the page', async () => {
    const html = '<div class="jl-filters jl-example jl-figure other"><p class="jl-side">a</p></div>'
    const cell = { cell_type: 'code', id: 'c', metadata: {}, source: '1', execution_count: 1 } as const
    const notebook = executed([{ ...cell, outputs: [display({ 'text/html': html })] }])
    const rendered = await renderReport({ ...hostileReport(['x']), sections: [{ id: 'a', title: 'a', notebook }] })
    expect(pagesOf(rendered).get('a.html')).toContain('<div class="jl-figure"><p>a</p></div>')
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
    const report = { ...hostileReport(['x']), sections: [{ id: 'a', title: 'a', notebook: executed([cell, hidden]) }] }
    const page = pagesOf(await renderReport(report)).get('a.html')
    expect(
      page?.match(/<table><tbody><tr><td class="jl-right">1<\/td><td>2<\/td><\/tr><\/tbody><\/table>/g),
    ).toHaveLength(1)
  })
})

/** Inside the report, or out in the open. */
const SAFE_LINK = /^(#|https?:\/\/|mailto:|\.\/|[a-z0-9-]+\.html$|(tables|figures|latex)\/[a-z0-9-]+\.[a-z]+$)/

/** The text of an element, numbers parted from their units by plain spaces. */
function breakable(element: Parameters<typeof textOf>[0]): string {
  return textOf(element).replaceAll('\u00a0', ' ')
}

/** What could run, style, load or send: everything but the page's own style, script and form. */
function activeParts(parts: readonly Element[]): string[] {
  const tags =
    /^(script|style|link|iframe|object|embed|base|foreignobject|animate|set|use|image|math|template|video|audio|source|noscript)$/i
  const isOwn = (part: Element): boolean =>
    /^(style|script)$/.test(part.tagName) && /^(head|body)$/.test((part.parentNode as Element).tagName)
  return parts.flatMap((part) => {
    const problems = tags.test(part.tagName) && !isOwn(part) ? [`<${part.tagName}>`] : []
    if (part.tagName === 'meta' && attributeOf(part, 'http-equiv') === 'refresh') problems.push('<meta refresh>')
    if (part.tagName === 'form' && attributeOf(part, 'class') !== 'jl-filters') problems.push('<form>')
    for (const { name, value } of part.attrs) {
      if (/^on|^style$|^srcdoc$|^srcset$|^action$|^formaction$|^autofocus$|^ping$/i.test(name))
        problems.push(`${name}="${value}"`)
      if (/^(xlink:)?href$/i.test(name) && !SAFE_LINK.test(value)) problems.push(`${name}="${value}"`)
      if (name === 'src' && !/^data:image\/(png|jpeg|gif|webp);base64,/.test(value)) problems.push(`${name}="${value}"`)
      if (/url\s*\(\s*[^#)]/i.test(value) && /^(fill|stroke|clip-path|filter|mask)$/.test(name))
        problems.push(`${name}="${value}"`)
    }
    return problems
  })
}
