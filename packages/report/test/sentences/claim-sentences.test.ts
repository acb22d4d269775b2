import { type ClaimResult, claimResult } from '@judgelab/analysis'
import { parseClaim } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import {
  claimPairingFigure,
  claimProblemSentence,
  claimSentence,
  claimSentences,
  claimSubsetSentence,
  claimTieSentence,
  pairingChart,
  renderSvg,
} from '../../src/index.js'

const claim = (text: string): ClaimResult => claimResult(parseClaim(`version: 1\ntitle: t\n${text}`, 'c.yaml'))
const first = (result: ClaimResult): string =>
  claimSentence(result, result.contrasts[0] as ClaimResult['contrasts'][number])

describe('claimSentence', () => {
  it('says that no pairing is enough, what n could have shown, and what the difference would take', () => {
    expect(first(claim('n: 297\njudges: [{ name: A, correct: 186 }, { name: B, correct: 183 }]'))).toBe(
      'No pairing makes A against B significant: the difference is +1.0 points, p lies between 0.25 and 0.89, and the 95 % interval reaches from −8.9 to +10.9 points at its widest. With 20 % of the comparisons discordant, n = 297 finds a true difference of 7.5 points four times in five, and 1.0 points would take about 16,000.',
    )
  })

  it('says up to how many discordant comparisons it holds', () => {
    expect(first(claim('n: 297\njudges: [{ name: A, correct: 186 }, { name: B, correct: 172 }]'))).toContain(
      'It is if exactly one judge is right on 44 comparisons or fewer (14.8 % of 297), and not from 46 on; 14 to 236 fit what is printed.',
    )
  })

  it('says as clearly that a claim holds', () => {
    expect(first(claim('n: 350\njudges: [{ name: A, correct: 75.43 % }, { name: B, correct: 56.57 % }]'))).toMatch(
      /^A against B holds under every pairing: the difference is \+18\.9 points, p below 0\.001;/,
    )
  })

  it('says that it depends on the rounding where it does', () => {
    expect(first(claim('n: 1865\njudges: [{ name: A, correct: 63 % }, { name: B, correct: 62 % }]'))).toContain(
      'the difference is +0.1 to +2.0 points',
    )
  })

  it('escapes what others wrote', () => {
    const result = claim('n: 30\njudges: [{ name: "*A*", correct: 20 }, { name: "<b>", correct: 10 }]')
    expect(claimSentences(result)).toContain('\\*A\\* against &lt;b&gt;')
  })
})

describe('claimProblemSentence', () => {
  it('names the counts next to an impossible percentage', () => {
    const result = claim('n: 297\njudges: [{ name: A, correct: 62.5 % }, { name: B, correct: 183 }]')
    expect(result.problems.map((problem) => claimProblemSentence(result, problem))).toEqual([
      'A: 62.5 % of 297 is impossible: 185 is 62.3 %, 186 is 62.6 %.',
    ])
  })

  it('says what subsets add up to', () => {
    const result = claim(
      'n: 30\nsubsets: { x: 10, y: 20 }\njudges: [{ name: A, correct: 50 %, subsets: { x: 4, y: 12 } }, { name: B, correct: 3 }]',
    )
    expect(result.problems.map((problem) => claimProblemSentence(result, problem))).toEqual([
      'A: the subsets add up to 16 right answers, the printed total is 50 % of 30 (15).',
    ])
  })
})

describe('claimSubsetSentence and claimTieSentence', () => {
  const result = claim(`n: 130
subsets: { x: 100, y: 30 }
judges:
  - { name: A, subsets: { x: 90, y: 11 }, ties: 9 }
  - { name: B, subsets: { x: 50, y: 10 }, ties: 70 }`)

  it('separate the subsets that hold from those that may', () => {
    expect(claimSubsetSentence(result, result.contrasts[0] as ClaimResult['contrasts'][number])).toBe(
      'After Holm’s correction over 2 subsets, x is significant under every pairing.',
    )
    expect(claimTieSentence(result)).toBe(
      'A tie as wrong puts A (77.7 %) first; a tie as half right A (81.2 %); leaving ties out B (100.0 %).',
    )
  })
})

describe('pairingChart', () => {
  it('keeps p on its scale, draws a single table as a point and nothing as nothing', async () => {
    const rows = [
      {
        label: 'a',
        points: [
          { discordant: 9, p: 1e-9 },
          { discordant: 11, p: 0.2 },
        ],
      },
      { label: 'b', points: [{ discordant: 4, p: 0.5 }] },
      { label: 'c', points: [] },
    ]
    const spec = pairingChart(rows, { finding: 'f', n: 30, alpha: 0.05 })
    const text = JSON.stringify(spec)
    expect(text).toContain('"discordant":9,"p":0.0001')
    expect(text).not.toContain('"label":"c"')
    expect(await renderSvg(spec)).toMatch(/^<svg/)
    expect(await renderSvg(pairingChart([], { finding: 'f', n: 30, alpha: 0.05 }))).toMatch(/^<svg/)
  })

  it('says of how many comparisons what holds', () => {
    const result = claim('n: 297\njudges: [{ name: A, correct: 186 }, { name: B, correct: 183 }]')
    expect(claimPairingFigure(result).description).toContain(
      'Of 1 comparison, 0 stay below 0.05 throughout, 0 cross it, and 1 never reaches it.',
    )
  })
})
