/** Text that others wrote, made fit to stand in HTML, in Markdown or on a terminal. */

/**
 * Shows what would act unseen: control characters, and the marks that reorder the text around them (bidirectional
 * embeddings, overrides, isolates), as `⟨U+202E⟩`. Of marks that are stacked on one letter, or could not be broken into
 * lines, eight are kept and the rest counted, as `⟨+92 marks⟩`. Line breaks and tabs stay.
 */
export function showHidden(text: string): string {
  return text
    .toWellFormed()
    .replace(/(\p{M}{8})(\p{M}+)/gu, (_, kept: string, rest: string) => `${kept}⟨+${[...rest].length} marks⟩`)
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (mark: string) => {
      const code = mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
      return `⟨U+${code}⟩`
    })
}

/** Text for HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return showHidden(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** Text for one line of Markdown, with nothing in it that Markdown or the HTML in it would read as markup. */
export function escapeMarkdown(text: string): string {
  return showHidden(text)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\\`*_{}[\]()#+!|~$:@]|^[-+>]|(?<=^\d+)\.(?=\s|$)/g, (mark) => `\\${mark}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
