import type { AblationArm, StudyResults } from '@judgelab/analysis'
import { describe, expect, it } from 'vitest'
import { curveResults, recipeResults, resultsWith, withoutMatrix } from '../../../analysis/test/ablation-results.js'
import { CELLS, cell } from '../../../analysis/test/made-ablation.js'
import {
  ablationAnswer,
  ablationLimits,
  ablationSubsetSentences,
  armSentences,
  curveSentences,
  detectableSentences,
  seedSentences,
  sentenceList,
  studyAnswer,
  sufficientSentences,
  untunedSentences,
} from '../../src/index.js'

/** The same results with something else found in their one arm. */
function withArm(found: (arm: AblationArm) => Partial<AblationArm>): StudyResults {
  const results = curveResults()
  const [arm] = results.ablation?.arms ?? []
  return { ...results, ablation: { ...results.ablation!, arms: [{ ...arm!, ...found(arm!) }] } }
}

describe('how many pairs are enough', () => {
  it('names the smallest number that is shown, its limit, and the next that is not', () => {
    const results = withArm(({ sufficient }) => ({
      sufficient: {
        ...sufficient!,
        pairs: 20,
        status: 'shown',
        steps: [
          { pairs: 20, value: -0.05, low: -0.09, shown: true },
          { pairs: 10, value: -0.2, low: -0.31, shown: false },
        ],
      },
    }))
    expect(sufficientSentences(results)).toEqual([
      '20 is the smallest number of pairs that is shown to lose less than 10.0 points against all 40 on 40 synthetic comparisons: −5.0 points, one-sided 95 % lower limit −9.0. 10 are not shown to: −20.0, lower limit −31.0.',
    ])
    expect(ablationAnswer(results)).toMatch(/lower limit −9\.0\.$/)
  })

  it('says not shown, which is not the same as worse', () => {
    const results = withArm(({ sufficient }) => ({
      sufficient: {
        ...sufficient!,
        pairs: null,
        status: 'not shown',
        steps: [{ pairs: 20, value: -0.05, low: -0.12, shown: false }],
      },
    }))
    expect(sufficientSentences(results)).toEqual([
      'No smaller number of pairs is shown to lose less than 10.0 points against all 40 on 40 synthetic comparisons: 20 are at −5.0 points, one-sided 95 % lower limit −12.0. Not shown is not the same as worse.',
    ])
  })

  it('says when so few prompts could not show anything, and when one number was tried', () => {
    expect(sufficientSentences(resultsWith(CELLS, undefined, 0.02))).toEqual([
      '40 held-out prompts cannot show that a smaller number of pairs loses less than 2.0 points against all 40: even with the same verdict on each, it takes 149.',
    ])
    expect(sufficientSentences(resultsWith([cell(10, 1, 22)], { count: [10] }))).toEqual([
      'One number of pairs was tried, 10: this cannot say how many are enough.',
    ])
  })

  it('calls the largest number all pairs only where it is', () => {
    const [sentence] = sufficientSentences(resultsWith(CELLS, { count: [0, 10, 20, 40], seed: [1, 2] }))
    expect(sentence).toContain('against the largest number, 40')
  })
})

describe('the fitted curve in words', () => {
  it('gives the law and says that its plateau is not measured', () => {
    const results = withArm(({ curve }) => ({
      curve: {
        ...curve!,
        atBound: 0.05,
        fit: { ...curve!.fit, status: 'fitted', plateau: 0.8, drop: 0.6, exponent: 0.25 },
      },
    }))
    expect(curveSentences(results)).toEqual([
      'The fitted power law on synthetic comparisons is accuracy = 80.0 % − 60.0 % · pairs^−0.25. Its plateau lies beyond what was tried; in 5.0 % of the resamples the fit ends at a bound.',
    ])
  })

  it('does not let a plateau be read that the data do not hold', () => {
    const found = (status: 'fitted' | 'at bound', atBound: number): string =>
      curveSentences(withArm(({ curve }) => ({ curve: { ...curve!, atBound, fit: { ...curve!.fit, status } } })))[0] ??
      ''
    expect(found('fitted', 0.4)).toContain('No power law can be read')
    expect(found('at bound', 1)).toContain('no plateau can be read')
    expect(found('at bound', 1)).not.toContain('accuracy =')
    expect(curveSentences(withArm(() => ({ curve: null })))[0]).toContain('no curve is fitted')
  })
})

describe('what an ablation cannot show', () => {
  it('is nothing where the design leaves nothing open', () => {
    expect(ablationLimits(curveResults())).toEqual([
      'Two seeds for each number of pairs say little of how much seeds differ.',
    ])
    const three = [...CELLS, cell(10, 3, 23), cell(20, 3, 29), cell(40, 3, 31)]
    expect(ablationLimits(resultsWith(three, { count: [0, 10, 20, 'all'], seed: [1, 2, 3] }))).toEqual([])
  })

  it('is named: one seed, two numbers, no untuned judge, too few prompts', () => {
    const results = resultsWith([cell(10, 1, 22), cell(20, 1, 23)], { count: [10, 20] }, 0.02)
    const text = ablationLimits(results).join(' ')
    for (const words of ['One seed', 'Two numbers', 'untuned', '40 held-out prompts are too few', '149'])
      expect(text).toContain(words)
    expect(untunedSentences(results)[0]).toContain('“count” has no 0')
    expect(seedSentences(results)).toEqual([])
  })
})

describe('sentences of an ablation', () => {
  it('say where tuning is better than untuned, and by how much seeds differ', () => {
    const results = curveResults()
    expect(untunedSentences(results)[0]).toMatch(
      /^Against the untuned judge, on 40 synthetic comparisons and after Holm’s correction over 3 numbers of pairs, tuning is better with .*40 pairs \(\+27\.5 points\)/,
    )
    expect(seedSentences(results)[0]).toMatch(
      /^With 40 pairs the 2 seeds lie between 75\.0 and 80\.0 % of 40 synthetic comparisons; the study’s own tuning, with another seed, stands at .* %, (above|below) all of them\.$/,
    )
    expect(detectableSentences(results)[0]).toMatch(
      /40 synthetic comparisons find a true difference of .* points four times in five/,
    )
  })

  it('answer by axis where there are several, and by arm', () => {
    const results = recipeResults()
    const [effects, arms] = armSentences(results)
    expect(effects).toMatch(/averaged over 4 arms and after Holm’s correction over 2 values/)
    expect(arms).toMatch(/the first \(beta 0\.1, epochs 1\)/)
    expect(ablationAnswer(results)).toBe(effects)
    expect(studyAnswer({ ...results, contrasts: [] })).toBe(effects)
    expect(armSentences(curveResults())).toEqual([
      'This ablation varies the number of pairs and the seed, and nothing else.',
    ])
  })

  it('call a difference shown only where its interval, which holds other seeds too, agrees with p', () => {
    const results = recipeResults()
    const ablation = results.ablation!
    const shaky = ablation.effects.map((effect) => ({
      ...effect,
      difference: { value: 0.1, low: -0.01, high: 0.2 },
      p: 0.001,
    }))
    expect(armSentences({ ...results, ablation: { ...ablation, effects: shaky } })[0]).toMatch(
      /^No axis is shown to matter/,
    )
  })

  it('of many arms are one sentence, and one too where all arms say the same', () => {
    const betas = [0.1, 0.2, 0.3, 0.4, 0.5]
    const cells = betas.flatMap((beta, at) =>
      [...CELLS, cell(40, 1, 30), cell(40, 2, 31 + at)].map((held) => ({
        ...held,
        at: { ...held.at, 'tuning.beta': beta },
      })),
    )
    const results = resultsWith(cells, { count: [0, 10, 20, 'all'], seed: [1, 2], 'tuning.beta': betas })
    for (const say of [untunedSentences, seedSentences, curveSentences, sufficientSentences, detectableSentences])
      expect(say(results)).toHaveLength(1)
    expect(untunedSentences(results)[0]).toMatch(
      /^In 5 of 5 arms tuning with the largest number of pairs is shown to be better/,
    )
    expect(seedSentences(results)[0]).toContain('up to 12.5 points apart')
    expect(sufficientSentences(recipeResults())).toEqual([
      'One number of pairs was tried, 10: this cannot say how many are enough.',
    ])
  })

  it('are none without a matrix, and call nothing synthetic that is not', () => {
    expect(ablationAnswer(withoutMatrix())).toBe('')
    for (const results of [curveResults(), recipeResults()]) {
      const written = { ...results, benchmark: { ...results.benchmark, synthetic: false } }
      const all = [
        ablationAnswer,
        untunedSentences,
        seedSentences,
        curveSentences,
        detectableSentences,
        armSentences,
        ablationSubsetSentences,
      ]
      expect(all.map((say) => say(written)).join(' ')).not.toMatch(/synthetic|NaN|undefined/)
    }
  })

  it('stand in Markdown as a list, names as text', () => {
    expect(sentenceList(['one *x*'])).toBe('one \\*x\\*')
    expect(sentenceList(['one', 'two'])).toBe('- one\n- two')
  })
})

describe('what subsets say', () => {
  it('names what is shown after the correction over numbers and subsets, the largest first, or else the largest', () => {
    expect(ablationSubsetSentences(curveResults())).toEqual([
      expect.stringMatching(
        /^Within subsets nothing is shown to differ from the untuned judge after Holm’s correction over the numbers of pairs and subsets; the largest difference is (even|odd) with 40 pairs \(\+27\.5 points, p = 0\.\d+\)\.$/,
      ),
      expect.stringMatching(/differ from the largest number of pairs .* with 10 pairs \(−20\.0 points, p = /),
    ])
    const better = CELLS.map((held) => (held.pairs === 40 ? cell(40, held.seed, 40) : held))
    expect(ablationSubsetSentences(resultsWith(better))[0]).toMatch(
      /^Within subsets 2 of 6 differences to the untuned judge are shown .*: (even|odd) with 40 pairs \(\+50\.0 points, p = 0\.0\d+\) and /,
    )
    expect(ablationSubsetSentences(resultsWith([cell(10, 1, 22)]))).toEqual([])
  })
})
