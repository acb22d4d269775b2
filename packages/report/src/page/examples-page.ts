import { escapeHtml, showHidden } from '../format/escape.js'
import { formatInteger } from '../format/numbers.js'
import type { Anchors } from './anchors.js'
import type { ExampleJudgment, ReportExample, ReportExamples } from './report-input.js'

/** An example with the anchor that links to it. */
export interface AnchoredExample extends ReportExample {
  readonly anchor: string
}

/** How many examples stand in the page as text: what is printed, and what a browser without scripts shows. */
const STATIC_EXAMPLES = 12

/** An example's anchor is made from its own id, so that a link stays good. */
export function anchorExamples(examples: readonly ReportExample[], anchors: Anchors): AnchoredExample[] {
  return examples.map((example) => ({ ...example, anchor: anchors(example.id, 'example') }))
}

/** The page's text: filters, list and example for the script to fill, and the first examples as they are. */
export function examplesHtml(input: ReportExamples, examples: readonly AnchoredExample[]): string {
  const caption = input.caption === undefined ? '' : `<p>${escapeHtml(input.caption)}</p>\n`
  return `${caption}<div id="jl-browser" data-script hidden>
<form class="jl-filters">
<label>Compare <select name="contrast"></select></label>
<label>Verdict <select name="flip"></select></label>
<label>Subset <select name="subset"></select></label>
<label>Search <input type="search" name="search" autocomplete="off"></label>
<output name="count"></output>
<p class="jl-keys"><kbd>j</kbd> next <kbd>k</kbd> previous <kbd>/</kbd> search</p>
</form>
<div class="jl-browser">
<nav class="jl-list" aria-label="Examples"><ol></ol></nav>
<article class="jl-example" tabindex="-1" aria-label="Example"></article>
</div>
</div>
${staticExamplesHtml(input, examples)}`
}

/** The first examples as text, for paper and for browsers without scripts. */
export function staticExamplesHtml(input: ReportExamples, examples: readonly AnchoredExample[]): string {
  const shown = examples.slice(0, STATIC_EXAMPLES)
  const left =
    examples.length > shown.length
      ? `\n<p class="jl-left">The first ${shown.length} of ${formatInteger(examples.length)} examples, long texts to their twelfth line; the page of examples in a browser with scripts, and the file examples.jsonl, have them all.</p>`
      : ''
  return `<div class="jl-examples">
${shown.map((example) => exampleHtml(example, input)).join('\n')}${left}
</div>`
}

/** What the page's script reads, with nothing hidden in it. */
export function examplesData({ judges, contrasts }: ReportExamples, examples: readonly AnchoredExample[]): object {
  return {
    judges: judges.map(showHidden),
    contrasts: contrasts.map(({ label, before, after }) => ({ label: showHidden(label), before, after })),
    examples: examples.map(({ id, anchor, subset, prompt, responses, judgments, flips }) => ({
      id: showHidden(id),
      anchor,
      subset: showHidden(subset),
      prompt: showHidden(prompt),
      responses: responses.map(({ role, text }) => ({ role, text: showHidden(text) })),
      judgments: judgments.map((judgment) => judgment && shownJudgment(judgment)),
      flips: flips.map(showHidden),
    })),
  }
}

function shownJudgment({ verdict, passes, texts }: ExampleJudgment): ExampleJudgment {
  const shown = { verdict: showHidden(verdict), passes: passes.map(showHidden) }
  return texts === undefined ? shown : { ...shown, texts: texts.map(showHidden) }
}

function exampleHtml(
  { id, anchor, subset, prompt, responses, judgments, flips }: AnchoredExample,
  { judges, contrasts }: ReportExamples,
): string {
  const panes = responses.map(
    ({ text, role }) =>
      `<div class="jl-response"><h3>${role === 'chosen' ? 'Chosen by the label' : 'Rejected by the label'}</h3>${textHtml(text)}</div>`,
  )
  const [first] = contrasts
  const order = first === undefined ? judges.map((_, i) => i) : [first.before, first.after]
  const rows = order.flatMap((i) => {
    const judgment = judgments[i]
    if (judgment === null || judgment === undefined) return []
    const cells = [judgment.verdict, ...judgment.passes].map((text) => `<td>${escapeHtml(text)}</td>`)
    return [`<tr><th scope="row">${escapeHtml(judges[i] ?? '')}</th>${cells.join('')}</tr>`]
  })
  const passes = Math.max(0, ...order.map((i) => judgments[i]?.passes.length ?? 0))
  const heads = ['Judge', 'Verdict', ...['First order', 'Second order'].slice(0, passes)]
  const head = heads.map((text) => `<th scope="col">${text}</th>`).join('')
  const table = `<div class="jl-scroll"><table class="jl-judgments"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
  const facets = [subset, flips[0] ?? ''].filter((text) => text !== '')
  return `<article class="jl-example" id="${anchor}">
<h2>${escapeHtml(id)} ${facets.map((text) => `<span class="jl-facet">${escapeHtml(text)}</span>`).join(' ')}</h2>
<div class="jl-prompt"><h3>Prompt</h3>${textHtml(prompt)}</div>
<div class="jl-responses">${panes.join('')}</div>
${rows.length === 0 ? '' : table}
</article>`
}

/** Text as written, lines kept. What is long is folded by its style. */
function textHtml(text: string): string {
  return `<div class="jl-text" dir="auto">${escapeHtml(text)}</div>`
}
