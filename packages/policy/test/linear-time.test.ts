import { describe, expect, it } from 'vitest'
import { extractFeatures } from '../src/index.js'

const PARTS = [
  'a ',
  '1=',
  '1 + ',
  '(',
  '"',
  '“',
  "'a",
  "a'",
  '\n',
  '*',
  '- ',
  '1,',
  'a',
  '9',
  '漢',
  '😀',
  '\ud800',
  '. ',
  'I ',
  '[{',
  'not ',
  '§',
  'at least 5 words ',
  'the word "x" 3 times ',
  'begin with with ',
  'avoid any a or a ',
  'the words a, b or ',
  'alpha beta. ',
  'Alpha beta 7 ',
  'i cannot help ',
  '1 of ',
] as const
const PROMPT = 'Reply in JSON. No commas. Include "a". Use the letter b 3 times. End with "c". Wrap it in quotes.'

const timeMs = (work: () => unknown): number => {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e6
}

/** Both as prompt and as response, with constraints to check. */
const read = (part: string, length: number): unknown => {
  const text = part.repeat(Math.ceil(length / part.length)).slice(0, length)
  return extractFeatures(`${PROMPT}\n${text}`, text)
}

/**
 * How much longer four times the text takes, each the best of three: 4 when time is linear, 16 when it grows with the square.
 * Below 200 ms there is nothing to judge, and noise of a shared machine would be all there is.
 */
const growth = (work: (length: number) => unknown, length: number): number => {
  const best = (size: number): number => Math.min(...[1, 2, 3].map(() => timeMs(() => work(size))))
  if (timeMs(() => work(length)) < 200) return 4
  return best(length) / best(length / 4)
}

describe('extractFeatures on adversarial texts', () => {
  it.each(PARTS)('takes time linear in %j', (part) => {
    expect(growth((length) => read(part, length), 80_000)).toBeLessThan(11)
  })

  it.each(['a ', '1=', '('])('takes time linear in 500,000 characters of %j', (part) => {
    expect(growth((length) => read(part, length), 500_000)).toBeLessThan(11)
  })

  it('takes time linear in a prompt of one sentence and a response whose many sentences follow it', () => {
    const follow = (length: number): unknown =>
      extractFeatures('alpha beta '.repeat(length / 11), 'Alpha beta gone. '.repeat(length / 17))
    expect(growth(follow, 400_000)).toBeLessThan(11)
  })
})
