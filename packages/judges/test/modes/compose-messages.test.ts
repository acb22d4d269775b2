import type { Message } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { composeMessages, parsePrompt } from '../../src/index.js'
import { asking, blocksOf, ownPrompt, shown } from './shown.js'

const pairwise = await ownPrompt('pairwise', 'pairwise')

function onlyText(messages: readonly Message[]): string {
  expect(messages.map(({ role }) => role)).toEqual(['user'])
  return messages[0]?.content as string
}

function lastLine(text: string): string {
  return text.split('\n').at(-1) as string
}

describe('composeMessages', () => {
  it('shows the request and the responses in blocks, and ends with the form of the answer', () => {
    const text = onlyText(composeMessages(pairwise, shown(), asking()))
    const { blocks, outside } = blocksOf(text)
    expect(blocks).toEqual([
      { name: 'PROMPT', text: 'What is 2 + 2?' },
      { name: 'RESPONSE A', text: '4' },
      { name: 'RESPONSE B', text: '5' },
    ])
    expect(lastLine(outside)).toBe('End with exactly one line: Verdict: A | B | tie')
    expect(outside.match(/Verdict:/g)).toHaveLength(1)
  })

  it('composes the same text for the same, and another nonce for other texts', () => {
    const nonce = (slots: string[]): string | undefined =>
      /<<<RESPONSE A ([0-9a-f]{12})>>>/.exec(onlyText(composeMessages(pairwise, shown({ slots }), asking())))?.[1]
    expect(nonce(['4', '5'])).toBe(nonce(['4', '5']))
    expect(nonce(['4', '5'])).not.toBe(nonce(['5', '4']))
  })

  it('hides the request from a blind judge, in the nonce too', () => {
    const blind = asking({ blind: true })
    const text = onlyText(composeMessages(pairwise, shown({ prompt: 'a secret' }), blind))
    expect(text).not.toContain('a secret')
    expect(text).toContain('The request is not shown.')
    expect(text).toBe(onlyText(composeMessages(pairwise, shown({ prompt: 'another' }), blind)))
  })

  it('refuses a prompt that never shows the request, unless the judge is called blind', () => {
    const head = '---\nname: p\nmode: pairwise\noutput: label\nversion: 1\nsource: s\ndescription: d\n---\n'
    const silent = parsePrompt(`${head}{{responses}}\n{{output}}\n`, 'p.md')
    expect(() => composeMessages(silent, shown(), asking())).toThrow('p.md: expected `blind: true`')
    expect(composeMessages(silent, shown(), asking({ blind: true }))).toHaveLength(1)
  })
})
