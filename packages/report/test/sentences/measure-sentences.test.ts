import type { StudyResults } from '@judgelab/analysis'
import { describe, expect, it } from 'vitest'
import {
  agreementSentence,
  calibrationSentence,
  costSentence,
  figureAndFinding,
  heatmapFigure,
  lengthSentences,
  listPriceSentence,
  paretoFigure,
  positionFigure,
  powerFigure,
  powerSentence,
  reliabilityFigure,
  renderSvg,
  selfPreferenceSentence,
  sensitivitySentence,
  tableAndSentence,
  tunedLengthSentences,
  verbositySentence,
} from '../../src/index.js'
import { smallResults, withTuning } from '../support/small-results.js'

const results = smallResults()
type Judge = StudyResults['judges'][number]
/** The results with something else known of their judges. */
const known = (change: (judge: Judge, at: number) => Partial<Judge>): StudyResults => ({
  ...results,
  judges: results.judges.map((judge, at) => ({ ...judge, ...change(judge, at) })),
})

describe('sentences of what is measured beside accuracy', () => {
  it('say which judges change places', () => {
    expect(sensitivitySentence(results)).toBe(
      'The ranking depends on the policies: base and base+dpo (under 8 of 12) change places.',
    )
    expect(
      sensitivitySentence({ ...results, sensitivity: { rankings: results.sensitivity.rankings, swaps: [] } }),
    ).toBe('No two judges change places under the 12 combinations of rule and tie policy.')
  })

  it('say what judging costs, and why nothing is known where nothing is', () => {
    const cost = (usd: number | null, status: Judge['cost']['status']): StudyResults =>
      known(({ cost: held }, at) => ({
        cost: { ...held, status, usdPerThousand: usd === null ? null : usd * (at + 1) },
      }))
    expect(costSentence(cost(0.5, 'measured'))).toBe(
      'base costs 0.500 USD for a thousand judgments and base+dpo 1.000 USD, 2.0 times as much.',
    )
    expect(costSentence(cost(null, 'nothing paid'))).toBe(
      'All judges of this study run in this process: none of them costs anything.',
    )
    expect(costSentence(cost(null, 'not recorded'))).toContain('replayed')
    expect(listPriceSentence(results)).toMatch(/^No judge of this study has a list price/)
    const rehearsed = { ...cost(0.5, 'measured'), study: { ...results.study, rehearsed: true } }
    expect(costSentence(rehearsed)).toContain('Rehearsed: the tokens are an emulator’s.')
    expect(costSentence(cost(0.5, 'paid by the minute'))).toContain(
      '2.0 times as much. The cost of base and base+dpo is that of a dedicated endpoint, which was paid by the minute.',
    )
  })

  it('say what is not there: probabilities, authors, texts', () => {
    expect(calibrationSentence(results)).toBe(
      'No judge of this study gives probabilities, so that there is nothing to calibrate.',
    )
    expect(selfPreferenceSentence(results)).toContain('does not say which model wrote a response')
    expect(verbositySentence(results)).toBe('No judge of this study writes a text that was kept.')
    expect(tunedLengthSentences(results)).toEqual([])
    expect(lengthSentences(withTuning(results, 0.5)).join(' ')).toMatch(
      /longer|No judge decided between responses of different length/,
    )
  })

  it('say how far confidence is from being right', () => {
    const calibration = {
      status: 'known',
      n: 100,
      undecided: 0,
      brier: 0.2,
      error: 0.2,
      auc: null,
      meanConfidence: 0.9,
      bins: [{ n: 100, confidence: 0.9, right: 0.7, low: 0.6, high: 0.8 }],
    } as const
    const sure = known((judge, at) => (at === 0 ? { bias: { ...judge.bias, calibration } } : {}))
    expect(calibrationSentence(sure)).toBe(
      'base is more confident than right by 20.0 points: 90.0 % confident, 70.0 % right on 100 synthetic comparisons.',
    )
    expect(reliabilityFigure(sure)?.description).toContain('right less often than confident: base in 1 of 1 bin')
  })

  it('say which judges agree', () => {
    expect(agreementSentence(results)).toMatch(/^base and base\+dpo answer alike in [\d.]+ % of 8 presentations\.$/)
    expect(agreementSentence({ ...results, agreement: [] })).toBe('There are no two judges whose answers could agree.')
  })

  it('say what n can detect, or why that is not given', () => {
    const contrast = results.contrasts[0] as StudyResults['contrasts'][number]
    expect(powerSentence(results, { ...contrast, power: null })).toContain('Power is not given')
    const power = { discordance: 0.2, curve: [], needed: 16_000, neededStatus: 'about' } as const
    const primary = { ...contrast.primary, n: 297, difference: { ...contrast.primary.difference, value: 0.01 } }
    expect(powerSentence(results, { ...contrast, primary, detectable: 0.0746, power })).toBe(
      'Exactly one judge is right in 20.0 % of comparisons; at that discordance 297 synthetic comparisons find a true difference of 7.5 points four times in five. A true difference of 1.0 points, as large as the observed one, takes about 16,000 comparisons.',
    )
  })
})

describe('figures of what is measured', () => {
  it('draw what there is, say what is synthetic, and are not there where nothing is known', async () => {
    for (const spec of [heatmapFigure(results), positionFigure(results)]) {
      expect(spec.description).toContain('Synthetic')
      expect(await renderSvg(spec)).toMatch(/^<svg/)
    }
    expect(paretoFigure(results)).toBeUndefined()
    expect(reliabilityFigure(results)).toBeUndefined()
    const contrast = results.contrasts[0] as StudyResults['contrasts'][number]
    expect(powerFigure(results, { ...contrast, power: null })).toBeUndefined()
    expect(await figureAndFinding(undefined, 'none <here>')).toBe('<p>none &lt;here&gt;</p>')
    expect(tableAndSentence({ columns: [], rows: [], caption: '' }, 'no rows')).toBe('<p>no rows</p>')
  })

  it('set accuracy against what is measured, and say who is on the front', () => {
    const priced = known(({ cost }, at) => ({ cost: { ...cost, status: 'measured', usdPerThousand: at + 1 } }))
    const spec = paretoFigure(priced)
    expect(spec?.description).toMatch(/^No judge is both cheaper and more accurate than base/)
    expect(JSON.stringify(spec)).toContain('USD for a thousand judgments')
  })
})
