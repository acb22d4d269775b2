import { type ResponseLength, type StudyResults, syntheticWords } from '@judgelab/analysis'
import { histogramChart } from '../charts/histogram-chart.js'
import type { VegaLiteSpec } from '../charts/vega-lite-spec.js'
import { formatNumber } from '../format/numbers.js'

/**
 * How long chosen and rejected responses are, in words, one panel each.
 *
 * @param lengths of the responses of the study's benchmark: `responseLengths(benchmark.examples)`
 */
export function lengthFigure(
  results: Pick<StudyResults, 'benchmark' | 'study'>,
  lengths: readonly ResponseLength[],
): VegaLiteSpec {
  const rows = lengths.map(({ words, role }) => ({ value: words, group: role }))
  const [chosen, rejected] = ['chosen', 'rejected'].map((role) => meanText(results, role))
  return histogramChart(rows, {
    finding: `Chosen responses have ${chosen} words on average, rejected ones ${rejected}.${syntheticWords(results)}`,
    axisTitle: 'Length, words',
  })
}

function meanText({ benchmark }: Pick<StudyResults, 'benchmark'>, role: string): string {
  const held = benchmark.lengthsOverall.find((lengths) => lengths.role === role)
  return held === undefined ? 'no' : formatNumber(held.meanWords, 1)
}
