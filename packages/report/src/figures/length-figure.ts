import type { ResponseLength } from '@judgelab/analysis'
import { histogramChart } from '../charts/histogram-chart.js'
import type { VegaLiteSpec } from '../charts/vega-lite-spec.js'
import { formatNumber } from '../format/numbers.js'

/** How long chosen and rejected responses are, in words, one panel each. */
export function lengthFigure(lengths: readonly ResponseLength[]): VegaLiteSpec {
  const rows = lengths.map(({ words, role }) => ({ value: words, group: role }))
  const means = ['chosen', 'rejected'].map((role) => meanWords(lengths, role))
  return histogramChart(rows, {
    finding: `Chosen responses have ${formatNumber(means[0] as number, 1)} words on average, rejected ones ${formatNumber(means[1] as number, 1)}.`,
    axisTitle: 'Length, words',
  })
}

function meanWords(lengths: readonly ResponseLength[], role: string): number {
  const held = lengths.filter((length) => length.role === role)
  return held.reduce((sum, { words }) => sum + words, 0) / held.length
}
