import { describe, expect, it } from 'vitest'
import {
  accuracyFigure,
  contrastFigure,
  flipFigure,
  lengthFigure,
  renderSvg,
  slopeFigure,
  subsetCountFigure,
  subsetDifferenceFigure,
  subsetFigure,
  trainingFigure,
} from '../../src/index.js'
import { smallResults, withTuning } from '../support/small-results.js'

describe('the figures of a study', () => {
  it('slope between the accuracies on the comparisons that count for both', () => {
    const results = smallResults({ ties: 'excluded', failures: 'excluded' })
    const text = JSON.stringify(slopeFigure(results, results.contrasts[0]!))
    // Base is right in 2 of its 4, and in 2 of the 3 that both decided.
    expect(text).toContain('"66.7"')
    const rows = (slopeFigure(results, results.contrasts[0]!).usermeta as { rows: { subset: string; n: number }[] })
      .rows
    expect(rows[0]).toMatchObject({ subset: 'All', n: 3, before_value: 2 / 3 })
    expect(rows.slice(1).map(({ subset }) => subset)).toEqual(results.contrasts[0]!.subsets.map(({ subset }) => subset))
  })

  it('show adjusted p’s, and name their families', () => {
    const results = smallResults()
    const [contrast] = results.contrasts
    const adjusted = { raw: 0.0123, adjusted: 0.246, method: 'holm' as const, family: 'a family', familySize: 20 }
    const shown = contrastFigure({ ...results, contrasts: [{ ...contrast!, adjusted }] })
    expect(JSON.stringify(shown)).toContain('p 0.25')
    expect(JSON.stringify(shown)).toContain('Holm’s p')
    expect(shown.description).toContain('a family (20 tests)')
    const subsets = contrast!.subsets.map((held) => ({ ...held, adjusted }))
    const bySubset = subsetDifferenceFigure(results, { ...contrast!, subsets })
    expect(JSON.stringify(bySubset)).toContain('p 0.25')
    expect(bySubset.description).toContain('a family (20 tests)')
  })

  it('show values without interval, never NaN', async () => {
    const results = smallResults()
    const [contrast] = results.contrasts
    for (const spec of [
      accuracyFigure(results),
      contrastFigure(results),
      slopeFigure(results, contrast!),
      subsetDifferenceFigure(results, contrast!),
      flipFigure(results, contrast!),
    ])
      expect(await renderSvg(spec)).not.toContain('NaN')
    expect(JSON.stringify(accuracyFigure(results))).toContain('"50.0"')
  })

  it('call a synthetic benchmark synthetic, and no other', () => {
    const results = withTuning(smallResults(), 0.5)
    const written = { ...results, benchmark: { ...results.benchmark, synthetic: false } }
    const contrast = results.contrasts[0]!
    const figures: ((held: typeof results) => { readonly description?: unknown })[] = [
      accuracyFigure,
      contrastFigure,
      subsetCountFigure,
      subsetFigure,
      (held) => flipFigure(held, contrast),
      (held) => lengthFigure(held, []),
      (held) => slopeFigure(held, contrast),
      (held) => subsetDifferenceFigure(held, contrast),
      (held) => trainingFigure(held, 'base+dpo'),
    ]
    for (const figure of figures) {
      expect(figure(results).description).toMatch(/Synthetic benchmark\.$/)
      expect(figure(written).description).not.toMatch(/synthetic/i)
    }
  })

  it('head their numbers by the study’s level', () => {
    const results = smallResults()
    const spec = accuracyFigure({ ...results, statistics: { ...results.statistics, level: 0.995 } })
    expect(JSON.stringify(spec)).toContain('99.5 % interval')
  })
})
