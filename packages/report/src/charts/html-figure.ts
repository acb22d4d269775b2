import { escapeHtml } from '../format/escape.js'

/** A picture with its caption, for a notebook cell (`tslab.display.html`). A report numbers it. */
export function htmlFigure(svg: string, caption: string): string {
  return `<figure class="jl-figure">${svg}<figcaption>${escapeHtml(caption)}</figcaption></figure>`
}
