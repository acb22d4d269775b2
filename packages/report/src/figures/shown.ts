import { type ContrastResult, labelOf, type StudyResults, type Table } from '@judgelab/analysis'
import { htmlFigure } from '../charts/html-figure.js'
import { renderSvg } from '../charts/render-svg.js'
import type { VegaLiteSpec } from '../charts/vega-lite-spec.js'
import { escapeHtml } from '../format/escape.js'
import { htmlTable } from '../tables/html-table.js'

/** A table as HTML with a sentence under it that says what it shows; the sentence alone where the table has no rows. */
export function tableAndSentence(table: Table, sentence: string): string {
  const words = `<p>${escapeHtml(sentence)}</p>`
  return table.rows.length === 0 ? words : `${htmlTable(table)}\n${words}`
}

/** A figure as HTML with its finding under it; where there is nothing to draw, the words that say why. */
export async function figureAndFinding(
  spec: VegaLiteSpec | undefined,
  words = 'There is nothing to draw.',
): Promise<string> {
  if (spec === undefined) return `<p>${escapeHtml(words)}</p>`
  return htmlFigure(await renderSvg(spec), spec.description)
}

/** What `show` gives of each contrast, one under the other, each under the names of its judges where there are several. */
export async function eachContrast(
  results: StudyResults,
  contrasts: readonly ContrastResult[],
  show: (contrast: ContrastResult) => string | Promise<string>,
): Promise<string> {
  const nameOf = ({ judge, against }: ContrastResult): string =>
    `${labelOf(results, judge)} against ${labelOf(results, against)}`
  return underNames(contrasts, nameOf, show)
}

/** What `show` gives of each tuning, one under the other, each under its judge’s name where there are several. */
export async function eachTuning(
  results: StudyResults,
  show: (name: string) => string | Promise<string>,
): Promise<string> {
  const names = results.tuning.map(({ name }) => name)
  return underNames(names, (name) => labelOf(results, name), show)
}

async function underNames<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  show: (item: T) => string | Promise<string>,
): Promise<string> {
  const shown = await Promise.all(items.map(show))
  if (items.length === 1) return shown[0] as string
  return items.map((item, at) => `<h3>${escapeHtml(nameOf(item))}</h3>\n${shown[at]}`).join('\n')
}
