import MarkdownIt from 'markdown-it'
import Token from 'markdown-it/lib/token.mjs'
import { escapeHtml, showHidden } from '../format/escape.js'
import type { Anchors } from './anchors.js'
import type { Highlight } from './highlight.js'

/** A heading inside a section, for the table of contents. */
export interface Heading {
  readonly id: string
  readonly text: string
  readonly level: number
}

/** Prose as HTML, and the headings in it. */
export interface Prose {
  readonly html: string
  readonly headings: readonly Heading[]
}

/** Options of a piece of prose. */
export interface ProseOptions {
  /** The title that the section already has: a first heading that says more than it stands under it as its question. */
  readonly sectionTitle?: string | undefined
}

/** Turns the Markdown of one section into HTML. HTML in the Markdown is text; pictures must stand in the page. */
export type RenderMarkdown = (markdown: string, options?: ProseOptions) => Prose

/** A renderer for one section: `prefix` is its anchor, from which those of its headings are made. */
export function createMarkdown(prefix: string, anchors: Anchors, highlight: Highlight): RenderMarkdown {
  const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, highlight })
  markdown.validateLink = (link) => /^(https?:|mailto:|#)/i.test(link.trim()) || isPicture(link)
  markdown.renderer.rules.table_open = () => '<div class="jl-scroll"><table>'
  markdown.renderer.rules.table_close = () => '</table></div>'
  markdown.renderer.rules.image = (tokens, i) => picture(tokens[i]!)
  return (text, options = {}) => {
    const tokens = markdown.parse(showHidden(text), {})
    const shown = options.sectionTitle === undefined ? tokens : withQuestion(tokens, options.sectionTitle)
    const headings = shown.flatMap((token, i) => {
      if (token.type !== 'heading_open' && token.type !== 'heading_close') return []
      const level = Math.max(2, Number(token.tag.slice(1)))
      token.tag = `h${level}`
      if (token.type === 'heading_close') return []
      const content = plainText(shown[i + 1])
      const id = anchors(`${prefix} ${content}`)
      token.attrSet('id', id)
      return [{ id, text: content, level }]
    })
    return { html: markdown.renderer.render(withMarginNotes(shown), markdown.options, {}), headings }
  }
}

function isPicture(link: string): boolean {
  return /^data:image\/(png|jpeg|gif|webp);base64,/i.test(link)
}

function picture(token: Token): string {
  const [source, alt] = [token.attrGet('src') ?? '', escapeHtml(token.content)]
  return isPicture(source) ? `<img src="${escapeHtml(source)}" alt="${alt}">` : alt
}

/** A notebook's first heading gives way to the section's title: it stands under it, unless the two are the same. */
function withQuestion(tokens: Token[], sectionTitle: string): Token[] {
  const [open, inline, close] = tokens
  if (open?.type !== 'heading_open' || open.tag !== 'h1' || close === undefined) return tokens
  if (plainText(inline) === sectionTitle) return tokens.slice(3)
  for (const token of [open, close]) {
    token.type = token.type.replace('heading', 'paragraph')
    token.tag = 'p'
  }
  open.attrSet('class', 'jl-question')
  return tokens
}

function plainText(inline: Token | undefined): string {
  const texts = inline?.children?.map((child) => (/^(text|code_inline)$/.test(child.type) ? child.content : ''))
  return (texts ?? []).join('').trim()
}

/** A quotation in a notebook is a note: it stands in the margin where there is one, beside the paragraph before it. */
function withMarginNotes(tokens: readonly Token[]): Token[] {
  const noted: Token[] = []
  for (const token of tokens) {
    if (token.level === 0 && token.type === 'blockquote_open') {
      const before = noted.map((other) => other.level === 0 && other.type === 'paragraph_open').lastIndexOf(true)
      const isAfterParagraph = noted.at(-1)?.type === 'paragraph_close'
      noted.splice(isAfterParagraph ? before : noted.length, 0, wrapper('<div class="jl-noted">'))
      token.attrSet('class', 'jl-note')
      token.attrSet('role', 'note')
    }
    if (token.type.startsWith('blockquote_')) token.tag = 'div'
    noted.push(token)
    if (token.level === 0 && token.type === 'blockquote_close') noted.push(wrapper('</div>'))
  }
  return noted
}

function wrapper(html: string): Token {
  const token = new Token('html_block', '', 0)
  token.content = html
  return token
}
