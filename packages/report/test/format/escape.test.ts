import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { escapeHtml, escapeMarkdown, showHidden } from '../../src/index.js'
import { PAYLOADS } from '../support/payloads.js'

describe('escaping', () => {
  it('leaves nothing that HTML reads as markup', () => {
    for (const payload of PAYLOADS) expect(escapeHtml(payload)).not.toMatch(/[<>"']/)
  })

  it('shows what would act unseen, and keeps line breaks, tabs and letters of any script', () => {
    expect(showHidden('a\u202eb')).toBe('a⟨U+202E⟩b')
    expect(showHidden('\u001b[31m')).toBe('⟨U+001B⟩[31m')
    expect(showHidden('a\u0000')).toBe('a⟨U+0000⟩')
    expect(showHidden('a\r\nb\tc')).toBe('a\nb\tc')
    expect(showHidden('\ud800')).toBe('\ufffd')
    expect(showHidden(`a${'\u0301'.repeat(100)}b`)).toBe(`a${'\u0301'.repeat(8)}⟨+92 marks⟩b`)
    expect(showHidden('שלום 你好 é 👍🏽')).toBe('שלום 你好 é 👍🏽')
  })

  it('survives Markdown with HTML allowed: the text comes out as it was', () => {
    const markdown = new MarkdownIt({ html: true })
    for (const payload of PAYLOADS) {
      const html = markdown.renderInline(escapeMarkdown(payload))
      expect(html).not.toMatch(/<[^/]/)
    }
    expect(escapeMarkdown('61.62 %')).toBe('61.62 %')
    expect(escapeMarkdown('1. first')).toBe('1\\. first')
    expect(markdown.renderInline(escapeMarkdown('a | b * _c_ `d` [e](f)'))).toBe('a | b * _c_ `d` [e](f)')
  })
})
