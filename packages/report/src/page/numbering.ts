/** Numbers the figures and tables of a page, in order of appearance. Takes and gives HTML that is already safe. */
export interface Numbering {
  /** Puts a number before every `<figcaption>` and `<caption>`, and an anchor on what it belongs to. */
  readonly number: (html: string) => string
  /** A figure around a bare picture, captioned with the picture's own alt text. */
  readonly figure: (svg: string, caption: string) => string
}

/** Starts at figure 1 and table 1. */
export function createNumbering(): Numbering {
  let figures = 0
  let tables = 0
  const number = (html: string): string =>
    html
      .replace(/<figure class="jl-figure">/g, () => `<figure class="jl-figure" id="figure-${++figures}">`)
      .replace(/<figcaption>/g, () => `<figcaption><span class="jl-number">Figure ${figures}.</span> `)
      .replace(/<table class="jl-table"><caption><span class="jl-caption">/g, () => {
        tables += 1
        return `<table class="jl-table" id="table-${tables}"><caption><span class="jl-caption"><span class="jl-number">Table ${tables}.</span> `
      })
  return {
    number: (html) =>
      html
        .split(/(?=<figure )/)
        .map(number)
        .join(''),
    figure: (svg, caption) => number(`<figure class="jl-figure">${svg}<figcaption>${caption}</figcaption></figure>`),
  }
}
