import { normalText, promptKey, wordsOf } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'

describe('normalText', () => {
  it.each([
    ['  What\tIS\n it? ', 'what is it?'],
    ['ﬁne １２ Å', 'fine 12 å'],
    ['zero\u200bwidth \ufeffmark\u00ad', 'zerowidth mark'],
    ['a\u00a0b\u2028c', 'a b c'],
    ['', ''],
    ['\u200b \n', ''],
  ])('%j is %j', (text, normal) => {
    expect(normalText(text)).toBe(normal)
  })

  it('keeps signs: another sum is another text', () => {
    expect(normalText('3 + 5')).not.toBe(normalText('3 - 5'))
  })
})

describe('promptKey', () => {
  it('calls one user turn and its text the same, and other turns others', () => {
    expect(promptKey([{ role: 'user', content: 'Hello THERE' }])).toBe(promptKey('hello there'))
    const turns = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'hello there' },
    ] as const
    expect(promptKey(turns)).not.toBe(promptKey('hello there'))
    expect(promptKey([{ role: 'system', content: 'hello there' }])).not.toBe(promptKey('hello there'))
    expect(promptKey(' ')).toBe('')
  })
})

describe('wordsOf', () => {
  it.each([
    ['It’s 3.5 km, well-known!', ['it', 's', '3', '5', 'km', 'well', 'known']],
    ['plain ascii_text 42', ['plain', 'ascii', 'text', '42']],
    ['Größe naïve नमस्ते', ['größe', 'naïve', 'नमस्ते']],
    ['私は3つABCを', ['私', 'は', '3', 'つ', 'abc', 'を']],
    ['ภาษาไทย', [...'ภาษาไทย']],
    ['?! …', []],
  ])('%j: %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })
})
