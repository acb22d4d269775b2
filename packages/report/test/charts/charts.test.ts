import { parse } from 'parse5'
import { describe, expect, it } from 'vitest'
import { niceTicks, spread } from '../../src/charts/parts.js'
import { placeLabels } from '../../src/charts/place-labels.js'
import { textWidth } from '../../src/charts/text-width.js'
import { wrapLabel } from '../../src/charts/wrap-label.js'
import {
  accuracyChart,
  type ChartOptions,
  countChart,
  curvePanelsChart,
  differenceChart,
  flipChart,
  heatmapChart,
  histogramChart,
  learningCurveChart,
  paretoChart,
  paretoFront,
  positionChart,
  powerChart,
  reliabilityChart,
  renderSvg,
  slopeChart,
  subsetChart,
  trainingChart,
  type VegaLiteSpec,
} from '../../src/index.js'
import { elementsOf, textOf } from '../support/html.js'
import { SOME_PAYLOADS } from '../support/payloads.js'
import { sampleCharts } from '../support/sample-report.js'

const charts: Record<string, VegaLiteSpec> = {
  ...sampleCharts(),
  counts: countChart(
    [
      { label: 'Factuality', count: 475 },
      { label: 'Ties', count: 102 },
    ],
    { finding: 'Ties is the smallest.' },
  ),
  'curve-panels': curvePanelsChart(
    ['Factuality', 'Math', 'Ties'].map((name, at) => ({
      name,
      n: [76, 29, 16][at]!,
      measured: [125, 500, 4853].map((pairs, i) => ({
        pairs,
        value: 0.5 + 0.1 * i,
        low: 0.4 + 0.1 * i,
        high: 0.6 + 0.1 * i,
      })),
      runs: at === 0 ? [1, 2].map((seed) => ({ pairs: 125, seed, accuracy: 0.48 + 0.02 * seed })) : [],
      curve: at === 1 ? [125, 4853].map((pairs, i) => ({ pairs, value: 0.5 + 0.2 * i, low: 0.4, high: 0.8 })) : [],
      baseline: at === 2 ? undefined : 0.52,
    })),
    { finding: 'Two subsets rise, one has few comparisons.', chance: 0.5 },
  ),
}

/** Regenerate with `npx vitest run packages/report/test/charts -u`, in a commit of its own. */
describe.each(Object.entries(charts))('%s chart', (name, spec) => {
  it('has the spec that is on file', async () => {
    await expect(`${JSON.stringify(spec, null, 1)}\n`).toMatchFileSnapshot(`../fixtures/charts/${name}.json`)
  })

  it('draws the picture that is on file, with its finding as alt text', async () => {
    const svg = await renderSvg(spec)
    expect(svg).toContain(`<svg role="img" aria-label="${spec.description}"`)
    await expect(svg).toMatchFileSnapshot(`../fixtures/charts/${name}.svg`)
  })
})

describe('what all charts keep', () => {
  const options: ChartOptions = { finding: 'f' }
  const at = { value: 0.5, low: 0.4, high: 0.6 }

  it('draws data with nothing in it', async () => {
    const empty = [
      accuracyChart([], options),
      countChart([], options),
      differenceChart([], options),
      flipChart([], options),
      histogramChart([], { ...options, axisTitle: 'x' }),
      slopeChart([], options),
      subsetChart([], options),
      trainingChart([], [], options),
      curvePanelsChart([], options),
      curvePanelsChart([{ name: 'a', n: 0, measured: [], runs: [], curve: [] }], options),
      learningCurveChart([], { ...options, measured: [], curve: [] }),
      learningCurveChart([{ pairs: 9, seed: 1, accuracy: 0.5 }], { ...options, measured: [], curve: [] }),
      heatmapChart([], options),
      reliabilityChart([], options),
      paretoChart([], { ...options, axisTitle: 'x' }),
      powerChart([], options),
      positionChart([], options),
      heatmapChart([], options),
      reliabilityChart([], options),
      paretoChart([], { ...options, axisTitle: 'x' }),
      powerChart([], options),
      positionChart([], options),
    ]
    for (const spec of empty) expect(await renderSvg(spec)).toMatch(/^<svg/)
  })

  it('draws values that are missing as nothing, never as zero', async () => {
    const row = {
      judge: 'a',
      label: 'a',
      kind: 'baseline' as const,
      accuracy: Number.NaN,
      low: Number.NaN,
      high: Number.NaN,
      n: 0,
    }
    const spec = accuracyChart([row, { ...row, label: 'b', accuracy: 0.5, low: 0.4, high: 0.6, n: 9 }], options)
    expect(JSON.stringify(spec)).not.toContain('NaN')
    const svg = await renderSvg(spec)
    expect(svg).toContain('–')
    expect(svg.match(/ d="M[^"]*A/g)).toHaveLength(1)
  })

  it('shows hostile text as text', async () => {
    const all = SOME_PAYLOADS.join(' ')
    const rate = { accuracy: 0.5, low: 0.4, high: 0.6, n: 9 }
    const rows = SOME_PAYLOADS.map((text) => ({
      judge: text,
      label: text,
      subset: text,
      kind: 'tuned' as const,
      ...rate,
    }))
    const specs = [
      accuracyChart(rows, { finding: all, chance: { value: 0.5, label: all }, head: all }),
      slopeChart(
        SOME_PAYLOADS.map((text) => ({ judge: text, subset: text, before: at, after: at, n: 9 })),
        { finding: all, ends: [all, `${all}2`] },
      ),
      subsetChart(rows.slice(0, 12), { finding: all }),
      flipChart(
        SOME_PAYLOADS.map((text) => ({ subset: text, fixed: 1, broken: 2 })),
        { finding: all },
      ),
      histogramChart(
        SOME_PAYLOADS.map((text) => ({ value: 1, group: text })),
        { finding: all, axisTitle: all },
      ),
    ]
    for (const spec of specs) {
      const elements = elementsOf(parse(await renderSvg(spec)))
      for (const { tagName, attrs } of elements) {
        expect(['html', 'head', 'body', 'svg', 'g', 'path', 'rect', 'text', 'tspan', 'line']).toContain(tagName)
        for (const { name } of attrs) expect(name).not.toMatch(/^on|href|style|src/)
      }
    }
  })

  it('gives two rows with one label a line each', () => {
    const rows = [
      { label: 'a', count: 1 },
      { label: 'a', count: 2 },
    ]
    expect(JSON.stringify(countChart(rows, options))).toContain('a (2)')
  })

  it('says so when an axis of rates does not start at zero', () => {
    const row = { judge: 'a', label: 'a', kind: 'tuned' as const, accuracy: 0.6, low: 0.5, high: 0.7, n: 9 }
    expect(JSON.stringify(accuracyChart([row], options))).toContain('Accuracy, % (axis from 50)')
    expect(JSON.stringify(accuracyChart([{ ...row, low: 0.02 }], options))).toContain('"Accuracy, %"')
  })

  it('sorts judges by accuracy, whatever the order of the rows', () => {
    const row = (label: string, accuracy: number) => ({
      judge: label,
      label,
      kind: 'tuned' as const,
      accuracy,
      low: 0,
      high: 1,
      n: 9,
    })
    const rows = [row('b', 0.5), row('c', 0.7), row('a', 0.5)]
    expect(labelsIn(accuracyChart(rows, options))).toEqual(['c', 'a', 'b'])
    expect(labelsIn(accuracyChart([...rows].reverse(), options))).toEqual(['c', 'a', 'b'])
  })
})

describe('renderSvg', () => {
  const bars: VegaLiteSpec = { $schema: 'v', description: 'd', mark: 'bar', encoding: {} }

  it('refuses data from outside', async () => {
    const outside = { ...bars, data: { url: 'https://example.org/data.json' } }
    await expect(renderSvg(outside)).rejects.toThrow('renderSvg needs')
    await expect(renderSvg({ ...bars, data: { url: '/etc/hostname' } })).rejects.toThrow('renderSvg needs')
  })

  it('gives the same bytes again, with ids of its own', async () => {
    const spec: VegaLiteSpec = {
      ...bars,
      data: { values: [{ x: 1 }] },
      mark: { type: 'bar', clip: true, color: { gradient: 'linear', stops: [{ offset: 0, color: '#000000' }] } },
      encoding: { x: { field: 'x', type: 'quantitative' } },
    }
    const [first, second] = [await renderSvg(spec), await renderSvg(spec)]
    expect(second).toBe(first)
    const ids = [...first.matchAll(/ id="([^"]*)"/g)].map((found) => found[1])
    expect(ids.length).toBeGreaterThan(0)
    for (const id of ids) expect(id).toMatch(/^jl-[0-9a-f]{8}-\d+$/)
    for (const [, id] of first.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(id)
  })

  it('does not touch what a label says', async () => {
    const label = ' id="x" opacity="1" url(#y) '
    const svg = await renderSvg(countChart([{ label, count: 1 }], { finding: 'f' }))
    const texts = elementsOf(parse(svg))
      .filter((element) => element.tagName === 'text')
      .map(textOf)
    expect(texts).toContain(label.trim())
  })
})

describe('layout', () => {
  it('measures as Helvetica does', () => {
    // 722 + 556 + 222 = 1,500 thousandths at 10 px is 15 px, and 4 % for wider faces.
    expect(textWidth('Hei', 10)).toBeCloseTo(15 * 1.04)
    expect(textWidth('é', 10)).toBeGreaterThan(0)
    expect(textWidth('判', 10)).toBeCloseTo(10.4)
  })

  it('keeps labels apart and inside', () => {
    const placed = spread([10, 11, 12, 90], 14, [0, 100])
    const sorted = [...placed].sort((a, b) => a - b)
    for (let i = 1; i < sorted.length; i += 1) expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThanOrEqual(13.9)
    expect(Math.min(...placed)).toBeGreaterThanOrEqual(-0.01)
    // Three at the top are moved in; the one at the bottom stays above its end.
    expect(spread([0, 0, 0, 100], 14, [4, 96])).toEqual([4, 18, 32, 96])
    expect(spread([0, 100, 100], 14, [4, 96])).toEqual([4, 82, 96])
    expect(spread([50], 14, [0, 100])).toEqual([50])
    expect(spread([], 14, [0, 100])).toEqual([])
  })

  it('puts a label that is wider than a line on several, and loses nothing of it', () => {
    const label = 'gpt-oss 120B + DPO − Llama 4 Maverick'
    const lines = wrapLabel(label, 130)
    expect(lines).toEqual(['gpt-oss 120B + DPO', '− Llama 4 Maverick'])
    expect(wrapLabel('a'.repeat(40), 130).join('')).toBe('a'.repeat(40))
    for (const line of wrapLabel('a'.repeat(40), 130)) expect(textWidth(line, 13)).toBeLessThanOrEqual(130)
    expect(wrapLabel('short', 130)).toEqual(['short'])
    expect(wrapLabel('a'.repeat(2_000), 130)).toHaveLength(4)
  })

  it('centres the lines of a row’s label on its row', async () => {
    const row = { difference: 0.1, low: 0, high: 0.2, p: 0.5 }
    const label = 'Qwen3 235B + DPO − Llama 4 Maverick'
    const svg = await renderSvg(differenceChart([{ label, ...row }], { finding: 'f' }))
    const y = (text: string): number =>
      Number(new RegExp(`translate\\([\\d.-]+,([\\d.-]+)\\)"[^>]*>(?:<tspan>)?${text}`).exec(svg)?.[1])
    // Two lines, 15 px apart: the first one stands half of that above the numbers of the same row, whose place is rounded.
    const rise = y('\\+10\\.0') - y('Qwen3')
    expect(rise).toBeGreaterThan(6.4)
    expect(rise).toBeLessThan(8.6)
    expect(svg).toMatch(/<tspan>[^<]*<\/tspan><tspan x="0" dy="15">[^<]*Maverick<\/tspan>/)
  })

  it('places names where they lie on no other name and no interval', () => {
    const mark = (label: string, x: number, y: number) => ({ label, x, y, top: y - 30, bottom: y + 30 })
    const marks = [mark('gpt-oss 120B + DPO', 300, 60), mark('Qwen3 235B + DPO', 318, 62), mark('far', 20, 200)]
    const plot = { width: 420, height: 280 }
    const [one, two, far] = placeLabels(marks, plot)
    expect(one).not.toEqual(two)
    expect(far).toEqual({ align: 'left', dx: 9, dy: -13 })
    const [atEdge] = placeLabels([mark('gpt-oss 120B + DPO', 410, 100)], plot)
    expect(atEdge?.align).toBe('right')
  })

  it('puts a tick at zero wherever zero is in the domain', () => {
    expect(niceTicks([-0.15, 0.2], 7)).toEqual([-0.1, 0, 0.1, 0.2])
    expect(niceTicks([-0.02, 0.03], 7)).toContain(0)
    expect(niceTicks([0.2, 0.8], 7)).toEqual([0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
  })
})

function labelsIn(spec: VegaLiteSpec): string[] {
  return (spec.data as { values: { label: string }[] }).values.map((row) => row.label)
}

describe('paretoFront', () => {
  const row = (label: string, cost: number, accuracy: number) =>
    ({ judge: label, label, cost, accuracy, low: accuracy, high: accuracy, isTuned: false }) as const

  it('keeps, cheapest first, what no cheaper judge equals; free and unknown costs are not drawn', () => {
    const rows = [
      row('dear', 9, 0.7),
      row('cheap', 1, 0.6),
      row('beaten', 3, 0.6),
      row('same price', 1, 0.5),
      row('free', 0, 0.9),
    ]
    expect(paretoFront(rows).map(({ label }) => label)).toEqual(['cheap', 'dear'])
    expect(paretoFront([row('a', 1, Number.NaN)])).toEqual([])
  })
})
