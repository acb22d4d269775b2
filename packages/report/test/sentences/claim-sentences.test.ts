import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type ClaimResult,
  claimResult,
  detectableTable,
  loadPublishedExperiment,
  neededTable,
} from '@judgelab/analysis'
import { findProject, parseClaim } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import {
  claimAnswer,
  claimFiguresSentence,
  claimHoldsSentence,
  claimPairingFigure,
  claimPlanningSentence,
  claimProblemSentence,
  claimSentence,
  claimSentences,
  claimSubsetSentence,
  claimTieSentence,
  detectableSubsetsSentence,
  neededSentence,
  pairingChart,
  publishedAccuracySentence,
  publishedPriceSentence,
  publishedSubsetSentence,
  publishedTuningSentence,
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

describe('sentences of notebook 06', () => {
  const held = (name: string): ClaimResult => {
    const file = join(findProject(import.meta.dirname).data, 'published', `${name}.claim.yaml`)
    return claimResult(parseClaim(readFileSync(file, 'utf8'), file))
  }

  it('answer any claim: the first comparison, and how many hold', () => {
    const article = held('together-2026-02')
    expect(claimAnswer(article)).toEqual([
      claimSentence(article, article.contrasts[0]!),
      'Of 4 comparisons, significant under every pairing of the answers: GPT-5.2 against Llama 4 Maverick; under some pairings: gpt-oss 120B + DPO against gpt-oss 120B; under none: gpt-oss 120B + DPO against GPT-5.2 and Qwen3 235B + DPO against Qwen3 235B.',
    ])
    expect(claimAnswer({ ...article, contrasts: [] })).toEqual(['The printed figures cannot be compared.'])
  })

  it('say what holds and what does not follow, in each case', () => {
    const { contrasts, ...rest } = held('together-2026-02')
    const said = contrasts.map((contrast) => claimHoldsSentence({ contrasts, ...rest }, contrast))
    expect(said[0]).toBe(
      'What holds: gpt-oss 120B + DPO is not shown to be worse than GPT-5.2, and whatever the pairing, its 95 % interval leaves out a lag of more than 5.1 points and a lead of more than 7.1. What does not follow: that either is better.',
    )
    expect(said[1]).toContain('the printed rates of gpt-oss 120B + DPO and gpt-oss 120B differ')
    expect(said[3]).toContain('GPT-5.2 agrees with the labels more often than Llama 4 Maverick')
  })

  it('say what n finds, over the whole and in the smallest subset', () => {
    const article = held('together-2026-02')
    expect(claimPlanningSentence(article, article.contrasts[0]!)).toMatch(
      /^Four times in five, 297 comparisons find a true difference of 3\.7 points if 5\.1 % are discordant, and/,
    )
    expect(neededSentence(297, neededTable())).toBe('297 comparisons are enough for none of these differences.')
    expect(neededSentence(1865, neededTable())).toContain('3.0 points at 20 %')
    expect(detectableSubsetsSentence(detectableTable(article.subsets))).toMatch(
      /^In Ties, with 16 comparisons the smallest/,
    )
    expect(detectableSubsetsSentence(detectableTable([]))).toBe('No subsets are printed.')
  })

  it('say whether printed figures can be', () => {
    const article = held('together-2026-02')
    expect(claimFiguresSentence(article)).toMatch(/^Every printed figure is one/)
    const impossible = parseClaim(
      JSON.stringify({
        version: 1,
        title: 't',
        n: 10,
        judges: [
          { name: 'a', correct: '55 %' },
          { name: 'b', correct: 5 },
        ],
      }),
      'a test',
    )
    expect(claimFiguresSentence(claimResult(impossible))).toContain('55 % of 10 is impossible')
  })

  it('speak of the published experiment from its own figures', async () => {
    const published = await loadPublishedExperiment('together-2026-02', findProject(import.meta.dirname))
    const [first] = held('together-2026-02').contrasts
    expect(publishedAccuracySentence(published)).toMatch(/^Every printed accuracy follows from its counts/)
    const { results, ...rest } = published
    const wrong = results.map((result, at) => (at === 0 ? { ...result, accuracyPercent: 61.7 } : result))
    expect(publishedAccuracySentence({ results: wrong, ...rest })).toBe(
      'The printed accuracy of GPT-5.2 does not follow from its counts.',
    )
    expect(publishedSubsetSentence(published, first!)).toMatch(
      /^gpt-oss 120B \+ DPO is furthest ahead of GPT-5\.2 by 10\.3 points in Math \(3 of 29 comparisons\) and 6\.3 points in Focus \(5 of 79 comparisons\)\. No judge is right on more than 17\.7 % of Focus\. Of the protocol: /,
    )
    expect(publishedPriceSentence(published)).toMatch(
      /^3 of 3 printed cost ratios come out at list prices and 9 input tokens to 1 output token/,
    )
    expect(publishedTuningSentence(published)).toBe(
      'By the printed totals, tuning took gpt-oss 120B from 57.9 to 62.6 % and Qwen3 235B from 62.6 to 61.3 %.',
    )
  })
})
