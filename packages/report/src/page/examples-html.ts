import { escapeHtml } from '../format/escape.js'
import type { Anchors } from './anchors.js'
import type { ReportExample } from './report-input.js'

/**
 * The examples with their filters. The filters work on what is in the page; without scripts all examples are shown. An
 * example's anchor is made from its own id, so that a link stays good.
 */
export function examplesHtml(examples: readonly ReportExample[], anchors: Anchors): string {
  return `${filtersHtml(examples)}
<div class="jl-examples">
${examples.map((example) => exampleHtml(example, anchors(example.id, 'example'))).join('\n')}
</div>`
}

function filtersHtml(examples: readonly ReportExample[]): string {
  return `<form class="jl-filters" data-script hidden>
<label>Subset ${selectHtml(
    'subset',
    examples.map((example) => example.subset),
  )}</label>
<label>Verdict ${selectHtml(
    'flip',
    examples.map((example) => example.flip),
  )}</label>
<label>Search <input type="search" name="search" autocomplete="off"></label>
<output name="count"></output>
<p class="jl-keys"><kbd>j</kbd> next <kbd>k</kbd> previous <kbd>/</kbd> search</p>
</form>`
}

function selectHtml(name: string, values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const options = [...counts].map(
    ([value, count]) => `<option value="${escapeHtml(value)}">${escapeHtml(value)} (${count})</option>`,
  )
  return `<select name="${name}"><option value="">all (${values.length})</option>${options.join('')}</select>`
}

function exampleHtml(example: ReportExample, anchor: string): string {
  const { id, subset, flip, prompt, responses, judgments } = example
  const panes = responses.map(
    ({ text, role }) =>
      `<div class="jl-response"><h4>${role === 'chosen' ? 'Chosen by the label' : 'Rejected by the label'}</h4>${textHtml(text)}</div>`,
  )
  const rows = judgments.map(
    ({ judge, before, after }) =>
      `<tr><th scope="row">${escapeHtml(judge)}</th><td>${escapeHtml(before)}</td>${after === undefined ? '' : `<td>${escapeHtml(after)}</td>`}</tr>`,
  )
  const hasAfter = judgments.some((judgment) => judgment.after !== undefined)
  const head = `<tr><th scope="col">Judge</th><th scope="col">${hasAfter ? 'Before' : 'Verdict'}</th>${hasAfter ? '<th scope="col">After</th>' : ''}</tr>`
  const table =
    rows.length === 0
      ? ''
      : `<div class="jl-scroll"><table class="jl-judgments"><thead>${head}</thead><tbody>${rows.join('')}</tbody></table></div>`
  return `<article class="jl-example" id="${anchor}" tabindex="-1" data-subset="${escapeHtml(subset)}" data-flip="${escapeHtml(flip)}">
<h3><a class="jl-anchor" href="#${anchor}">${escapeHtml(id)}</a> <span class="jl-facet">${escapeHtml(subset)}</span> <span class="jl-facet">${escapeHtml(flip)}</span></h3>
<div class="jl-prompt"><h4>Prompt</h4>${textHtml(prompt)}</div>
<div class="jl-responses">${panes.join('')}</div>
${table}
</article>`
}

/** Text as written, lines kept. What is long is folded by the page's script. */
function textHtml(text: string): string {
  return `<div class="jl-text" dir="auto">${escapeHtml(text)}</div>`
}
