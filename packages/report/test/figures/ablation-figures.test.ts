import { ablationTable, type StudyResults } from '@judgelab/analysis'
import { describe, expect, it } from 'vitest'
import { curveResults, recipeResults, resultsWith } from '../../../analysis/test/ablation-results.js'
import { CELLS, cell } from '../../../analysis/test/made-ablation.js'
import {
  ablationAnswer,
  ablationFigure,
  ablationSubsetFigure,
  curveSentences,
  detectableSentences,
  renderSvg,
  seedSentences,
  sufficientSentences,
  untunedSentences,
} from '../../src/index.js'

describe('the figures of an ablation', () => {
  it('are a curve and small curves by subset for one arm', () => {
    const text = JSON.stringify(ablationFigure(curveResults()))
    for (const words of ['"log"', 'untuned', 'a coin', '2 seeds']) expect(text).toContain(words)
    const subsets = JSON.stringify(ablationSubsetFigure(curveResults()))
    for (const words of ['"log"', 'even', 'odd', 'n 20']) expect(subsets).toContain(words)
  })

  it('are small curves by arm for several arms', () => {
    const cells = [0.1, 0.3].flatMap((beta) =>
      CELLS.map((held) => ({ ...held, at: { 'tuning.beta': beta, ...held.at } })),
    )
    const text = JSON.stringify(
      ablationFigure(resultsWith(cells, { count: [0, 10, 20, 40], seed: [1, 2], 'tuning.beta': [0.1, 0.3] })),
    )
    for (const words of ['"log"', 'beta 0.1', 'beta 0.3']) expect(text).toContain(words)
  })

  it('are dots, no curve, where one number of pairs was tried', () => {
    for (const results of [recipeResults(), resultsWith([cell(0, 1, 20), cell(10, 1, 22)], { count: [0, 10] })])
      for (const spec of [ablationFigure(results), ablationSubsetFigure(results)])
        expect(JSON.stringify(spec)).not.toContain('"log"')
  })

  it('draw no line for the seeds where there is one, and say that its spread is in no interval', () => {
    const cells = CELLS.filter(({ seed }) => seed === 1)
    const spec = ablationFigure(resultsWith(cells, { count: [0, 10, 20, 'all'], seed: [1] }))
    const rows = (spec as unknown as { usermeta: { rows: { kind: string }[] } }).usermeta.rows
    expect(rows.filter(({ kind }) => kind === 'run')).toEqual([])
    expect(spec.description).toContain('with 95 % intervals for prompts alone')
  })

  it('show nothing where nothing counts for every run', async () => {
    const none = CELLS.map((held) => ({ ...held, verdicts: [] }))
    const results = JSON.parse(JSON.stringify(resultsWith(none))) as StudyResults
    for (const spec of [ablationFigure(results), ablationSubsetFigure(results)])
      expect(await renderSvg(spec)).toMatch(/^<svg/)
    const sentences = [untunedSentences, sufficientSentences, seedSentences, curveSentences, detectableSentences]
    expect([...sentences.map((say) => say(results)), ablationAnswer(results)].join(' ')).not.toMatch(
      /NaN|null|undefined|\d/,
    )
    expect(ablationTable(results).rows.map(({ n }) => n)).toEqual([])
  })

  it('name too many arms by what they are', () => {
    const betas = Array.from({ length: 9 }, (_, at) => at / 10 + 0.1)
    const cells = betas.map((beta, at) => cell(10, 1, 20 + at, { 'tuning.beta': beta }))
    const spec = ablationSubsetFigure(resultsWith(cells, { count: [10], 'tuning.beta': betas }))
    expect(spec.description).toContain(
      'Of 9 arms three are shown: first arm is beta 0.1, best arm is beta 0.9 and worst arm is beta 0.1',
    )
  })

  it('never show NaN, and say synthetic', async () => {
    const few = CELLS.map((held) => ({ ...held, verdicts: held.verdicts.slice(18, 22) }))
    for (const results of [curveResults(), recipeResults(), resultsWith(few)])
      for (const spec of [ablationFigure(results), ablationSubsetFigure(results)]) {
        expect(await renderSvg(spec)).not.toContain('NaN')
        expect(spec.description).toMatch(/Synthetic benchmark\.$/)
      }
  })
})
