import { readFileSync } from 'node:fs'
import { combinePasses, combineRepeats } from '@judgelab/scoring'
import { describe, expect, it } from 'vitest'
import { composeMessages, parsePrompt, type Question, readAnswer } from '../src/index.js'
import { placeholderNames } from '../src/prompts/placeholder.js'
import { asking, shown } from './modes/shown.js'

const page = readFileSync(new URL('../../../docs/judging.md', import.meta.url), 'utf8')
const blocksIn = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map((match) => match[1] as string)
const [terse, fourWay] = blocksIn('markdown').map((text) => parsePrompt(text, 'docs/judging.md'))
const [block, composed] = blocksIn('text') as [string, string]
const slots = ['It is four.', 'Five.']
const question: Question = { mode: 'pairwise', asking: asking(), slotCount: 2 }
const rows = [...page.matchAll(/^\| `(.+)` \| `(\{ "kind".+\})` \|$/gm)].map((match) => ({
  answer: (match[1] as string).replaceAll('\\n', '\n'),
  outcome: JSON.parse(match[2] as string) as unknown,
}))

describe('docs/judging.md', () => {
  it('shows what the worked example’s prompt comes to', () => {
    if (terse === undefined) throw new Error('the page has no prompt')
    const messages = composeMessages(terse, shown({ slots }), asking())
    expect(messages).toEqual([
      { role: 'system', content: 'You compare two responses.' },
      { role: 'user', content: composed.trimEnd() },
    ])
    expect(composed).toContain(block)
  })

  it('shows an official prompt that can be used', () => {
    if (fourWay === undefined) throw new Error('the page has no official prompt')
    const four = shown({ mode: 'best-of-n', slots: ['1', '2', '3', '4'] })
    expect(composeMessages(fourWay, four, asking())).toHaveLength(2)
    const official = { mode: 'best-of-n', asking: asking(), slotCount: 4 } as const
    expect(readAnswer({ text: 'Surely [[D]].' }, official, fourWay)).toEqual({ kind: 'choice', slot: 3 })
  })

  it('says what answers are read as, and what repeats come to', () => {
    expect(rows).toHaveLength(3)
    const outcomes = rows.map(({ answer }) => readAnswer({ text: answer }, question, { output: ['label'] }))
    expect(outcomes).toEqual(rows.map(({ outcome }) => outcome))
    expect(combineRepeats(outcomes, 'majority', 2)).toEqual({ kind: 'choice', slot: 0 })
    expect(combinePasses(['chosen', 'rejected'], 'consistent')).toBe('tie')
  })

  it('names every placeholder', () => {
    const names = new Set((['pairwise', 'rating', 'classify'] as const).flatMap(placeholderNames))
    for (const name of names)
      if (!name.endsWith('.text') && name !== 'response_b') expect(page).toContain(`{{${name}}}`)
  })
})
