import type { Table } from '@judgelab/analysis'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { htmlTable, markdownTable, textTable } from '../../src/index.js'
import { elementsOf, textOf } from '../support/html.js'
import { PAYLOADS } from '../support/payloads.js'
import { SAMPLE_TABLE } from '../support/sample-report.js'

const cellsOf = (html: string): string[][] =>
  elementsOf(parseFragment(html))
    .filter((element) => element.tagName === 'tr')
    .map((row) =>
      row.childNodes
        .filter((node): node is DefaultTreeAdapterTypes.Element => 'tagName' in node)
        .map((cell) => textOf(cell).replaceAll('\u2007', ' ').trim()),
    )

const SMALL: Table = {
  caption: 'Two judges.',
  columns: [
    { key: 'judge', label: 'Judge', kind: 'text' },
    { key: 'p', label: 'p', kind: 'p' },
    { key: 'gain', label: 'Gain', unit: 'points', kind: 'points' },
  ],
  rows: [
    { judge: 'a', p: 0.61, gain: 0.1 },
    { judge: 'b', p: 0.0012, gain: null },
    { judge: 'c', p: 0.00001, gain: -0.012 },
  ],
  boldRow: 1,
}

describe('htmlTable', () => {
  it('shows head, units, numbers and dashes', () => {
    const cells = cellsOf(htmlTable(SMALL))
    expect(cells).toEqual([
      ['Judge', 'p', 'Gain points'],
      ['a', '0.61', '+10.0'],
      ['b', '0.0012', '–'],
      ['c', '< 0.001', '−1.2'],
    ])
  })

  it('aligns decimal points: right-aligned texts of a column have as many places after the point', () => {
    const html = htmlTable(SMALL)
    const [first, second, third] = ['0.61\u2007\u2007', '0.0012', '&lt; 0.001\u2007']
    for (const text of [first, second, third]) expect(html).toContain(`>${text}<`)
  })

  it('aligns the brackets of intervals', () => {
    const columns = [{ key: 'x', label: 'x', kind: 'points-interval' }] as const
    const rows = [
      { x: { value: 0.021, low: 0.01, high: 0.03 } },
      { x: { value: 0.123, low: -0.12, high: 0.3 } },
      { x: { value: 0.5, low: Number.NaN, high: Number.NaN } },
    ]
    const shown = cellsOfRaw(htmlTable({ columns, rows, caption: '' }))
    // +2.1 [+1.0, +3.0] is three characters shorter after the value than +12.3 [−12.0, +30.0].
    expect(shown[0]).toBe('+2.1\u2007\u2007 [+1.0, +3.0]')
    expect(shown[1]).toBe('+12.3 [−12.0, +30.0]')
    expect(shown[2]?.trim()).toBe('+50.0')
  })

  it('has a scope for every head, the raw number for sorting, and one bold row', () => {
    const elements = elementsOf(parseFragment(htmlTable(SMALL)))
    const heads = elements.filter((element) => element.tagName === 'th')
    expect(heads.map((head) => attribute(head, 'scope'))).toEqual(['col', 'col', 'col', 'row', 'row', 'row'])
    const values = elements.filter((element) => element.tagName === 'td').map((cell) => attribute(cell, 'data-value'))
    expect(values).toEqual(['0.61', '0.1', '0.0012', undefined, '0.00001', '-0.012'])
    expect(elements.filter((element) => attribute(element, 'class') === 'jl-bold')).toHaveLength(1)
  })

  it('says what a dash means only where there is one', () => {
    expect(htmlTable(SMALL)).toContain('– no value')
    expect(htmlTable({ ...SMALL, missing: 'not run' })).toContain('– not run')
    expect(htmlTable({ ...SMALL, rows: [SMALL.rows[0]!] })).not.toContain('jl-table-note">')
  })

  it('keeps every text as text', () => {
    const rows = PAYLOADS.map((payload) => ({ judge: payload, p: 1, gain: 0 }))
    const columns = SMALL.columns.map((column) => ({ ...column, label: PAYLOADS[0]!, unit: PAYLOADS[3]! }))
    const html = htmlTable({ columns, rows, caption: PAYLOADS.join(' '), missing: PAYLOADS[2] })
    const tags = new Set(elementsOf(parseFragment(html)).map((element) => element.tagName))
    expect([...tags].sort()).toEqual(['caption', 'div', 'span', 'style', 'table', 'tbody', 'td', 'th', 'thead', 'tr'])
  })

  it('refuses words where a number belongs', () => {
    const rows = [{ judge: 'a', p: 'small', gain: 0 }]
    expect(() => htmlTable({ ...SMALL, rows })).toThrow('cellText needs a number for p, got "small"')
  })
})

describe('markdownTable', () => {
  it('aligns, sets the claim bold and escapes', () => {
    expect(markdownTable({ ...SMALL, rows: [{ judge: 'a|b*', p: 0.0001, gain: 0.1 }, ...SMALL.rows] })).toBe(
      [
        'Two judges.',
        '',
        '| Judge | p | Gain, points |',
        '| :-- | --: | --: |',
        '| a\\|b\\* | &lt; 0.001 | +10.0 |',
        '| **a** | **0.61** | **+10.0** |',
        '| b | 0.0012 | – |',
        '| c | &lt; 0.001 | −1.2 |',
        '',
        '– no value',
        '',
      ].join('\n'),
    )
  })

  it('says what a dash means, and nothing where there is none', () => {
    const rows = [{ judge: 'a', p: null, gain: 0.1 }]
    expect(markdownTable({ ...SMALL, rows, missing: 'not *tested*' })).toMatch(/\n\n– not \\\*tested\\\*\n$/)
    expect(markdownTable({ ...SMALL, rows: [{ judge: 'a', p: 1, gain: 0 }] })).toMatch(/\|\n$/)
  })
})

describe('textTable', () => {
  it('aligns columns on the decimal point', () => {
    expect(textTable(SMALL)).toBe(
      [
        'Two judges.',
        '─────────────────────────────',
        'Judge         p  Gain, points',
        '─────────────────────────────',
        'a        0.61           +10.0',
        'b        0.0012             –',
        'c      < 0.001           −1.2',
        '─────────────────────────────',
        '– no value',
        '',
      ]
        .join('\n')
        .replaceAll('─────────────────────────────', '─'.repeat(5 + 2 + 8 + 2 + 12)),
    )
  })

  it('fits a width by cutting words, never numbers', () => {
    for (const width of [60, 80, 100]) {
      const lines = textTable({ ...SAMPLE_TABLE, caption: '' }, { width }).split('\n')
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(Math.max(width, 90))
      expect(lines.join('\n')).toContain('66.0 [60.4, 71.1]')
    }
  })

  it('counts the cells that wide characters take, and obeys no escape sequence', () => {
    const rows = [
      { judge: '判事', p: 1, gain: 0 },
      { judge: '\u001b[31mred', p: 1, gain: 0 },
    ]
    const lines = textTable({ ...SMALL, rows }).split('\n')
    expect(lines[4]!.indexOf('1.0') + 2).toBe(lines[5]!.indexOf('1.0'))
    expect(lines.join('')).not.toContain('\u001b')
  })
})

function cellsOfRaw(html: string): string[] {
  return elementsOf(parseFragment(html))
    .filter((element) => element.tagName === 'th' && attribute(element, 'scope') === 'row')
    .map(textOf)
}

function attribute(element: DefaultTreeAdapterTypes.Element, name: string): string | undefined {
  return element.attrs.find((found) => found.name === name)?.value
}
