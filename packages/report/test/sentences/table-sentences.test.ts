import type { StudyResults } from '@judgelab/analysis'
import { describe, expect, it } from 'vitest'
import {
  answerText,
  averagesSentence,
  biasAnswer,
  contrastsAmong,
  contrastsSentence,
  cueSentence,
  duplicateSentence,
  eachContrast,
  flipBalanceSentence,
  flipKindsSentence,
  flipSubsetsSentence,
  judgesAnswer,
  leaderboardSentence,
  lengthSentences,
  lengthsSentence,
  meanLengthsSentence,
  pairShareSentence,
  passTestSentence,
  positionSentence,
  powersSentence,
  rankingSentence,
  repeatedSentences,
  rulesSentence,
  splitSentence,
  tiePoliciesSentence,
  trainingSentences,
  tuningAnswers,
  tuningContrasts,
  untunedJudges,
  validationSentence,
  verdictCountsSentence,
} from '../../src/index.js'
import { SAID, smallResults, withTuning } from '../support/small-results.js'

/*
 * Four comparisons, of e1 (Math), e3 (Safety) and two of e4 (Ties): base is right, wrong, right, wrong; longer wrong,
 * right, tie, tie; base+dpo right, right, wrong, tie. So base has 2 of 4, longer 1, base+dpo 2.
 */
const results = withTuning(smallResults(), 0.5)
const contrast = results.contrasts[0] as StudyResults['contrasts'][number]

describe('sentences under tables of judges', () => {
  it('rank those that know something, and name the best that does not', () => {
    expect(judgesAnswer(results)).toBe(
      'base agrees with the labels most often, on 50.0 % of 4 synthetic comparisons; base+dpo on 50.0 %. The best judge that knows nothing, longer, does on 25.0 %.',
    )
    expect(judgesAnswer({ ...results, judges: [] })).toBe('No judge of this study has an accuracy.')
    expect(untunedJudges(results)).toEqual(['base'])
  })

  it('count ties and failures', () => {
    expect(verdictCountsSentence(results)).toBe(
      'longer ties most often, in 2 of 4 synthetic comparisons; no comparison failed.',
    )
    const failed = smallResults({}, { ...SAID, base: [...SAID.base.slice(0, 3), ['failed', 'failed']] })
    expect(verdictCountsSentence(failed)).toContain('; failed: 1 of base.')
  })

  it('name the reference of a leaderboard, whichever way round a contrast stands', () => {
    // The question is about base: longer has 1 of 4 right, and base 2.
    expect(leaderboardSentence(results, 'baseline')).toMatch(
      /^No judge is shown to differ from base: longer \(−25\.0 points, Holm p = [\d.]+\)\.$/,
    )
    const [first, second] = results.contrasts as [typeof contrast, typeof contrast]
    const turned = {
      ...second,
      judge: second.against,
      against: second.judge,
      primary: { ...second.primary, difference: { ...second.primary.difference, value: -0.25 }, p: 0.01 },
      adjusted: null,
    }
    expect(leaderboardSentence({ ...results, contrasts: [first, turned] }, 'post-DPO')).toBe(
      'Shown to differ from base: longer (−25.0 points, Holm p = 0.010). Not shown to: base+dpo (0.0 points, Holm p = 1.0).',
    )
    expect(leaderboardSentence({ ...results, contrasts: [] }, 'baseline')).toBe(
      'No contrast of this study sets judges against a common one.',
    )
  })

  it('say what tie policies and rules move', () => {
    // longer: 1 of 4, and with two halves 2 of 4. base+dpo ties one.
    expect(tiePoliciesSentence(results)).toBe(
      'A tie as half right raises longer most, from 25.0 to 50.0 % of 4 synthetic comparisons. base does not tie.',
    )
    // All answer both orders alike: no rule can differ from another. With one comparison decided by position, rules do.
    expect(rulesSentence(results)).toBe('Every judge has the same accuracy under every rule.')
    const moved = smallResults({}, { ...SAID, base: [[0, 0], ...SAID.base.slice(1)] })
    expect(rulesSentence(moved)).toBe(
      'The rule moves base most, from 25.0 % (“consistent”) to 37.5 % (“average”). The rule makes no difference for base+dpo and longer.',
    )
    expect(rankingSentence(results)).toMatch(/^(Of 12 combinations|base)/)
  })

  it('compare averages over comparisons and over subsets', () => {
    // base+dpo: Math 1 of 1, Safety 1 of 1, Ties 0 of 2: 2 of 4 against 2 of 3 subsets. base: 1, 0, 1/2.
    expect(averagesSentence(results)).toBe(
      'base is first by the micro average, base+dpo by the macro average; the two averages are furthest apart for base+dpo, 50.0 % over comparisons and 66.7 % over subsets.',
    )
  })

  it('count what position decides, those that know nothing aside', () => {
    expect(positionSentence(results)).toBe(
      'Every judge that knows something answers both orders of all 4 synthetic comparisons alike. No judge is shown to lean to a slot.',
    )
    const moved = smallResults({}, { ...SAID, base: [[0, 0], [0, 0], [1, 1], SAID.base[3]] })
    expect(positionSentence(moved)).toContain('base answers both orders alike least often, in 25.0 % of 4')
    expect(passTestSentence(results)).toBe('No judge decided a comparison by position.')
    const judges = moved.judges.map((judge) => ({ ...judge, orders: { ...judge.orders, positionP: 0.01 } }))
    expect(positionSentence({ ...moved, judges })).toContain('base to the first (2 against 1)')
    expect(passTestSentence({ ...moved, judges })).toContain('base (0.010 by comparison, ')
  })
})

describe('a study that was stopped early', () => {
  it('tests neither a lean to a slot nor a pull to length', () => {
    const longer = { n: 4, picked: 0.5, labelled: 0.25, excess: 0.25, low: null, high: null, p: null }
    const judges = results.judges.map((judge) => ({
      ...judge,
      orders: { ...judge.orders, positionP: null },
      bias: { ...judge.bias, length: { ...judge.bias.length, longer } },
    }))
    const stopped = { ...results, judges }
    expect(positionSentence(stopped)).toContain('so that no test for a fixed n says whether a judge leans to a slot.')
    expect(passTestSentence(stopped)).toBe('No judge decided a comparison by position.')
    expect(biasAnswer(stopped)[1]).toContain('so that no test for a fixed n says whether a judge leans to length.')
    expect(lengthSentences(stopped)[0]).toMatch(/the labels do in 25\.0 %: \+25\.0 points\.$/)
  })
})

describe('sentences under tables of the data', () => {
  const pairs = { total: 9, train: 8, validation: 1, sharedPrompts: 0, trainBySubset: { Math: 6, Safety: 2 } }
  const built = { ...results, pairs: pairs as unknown as StudyResults['pairs'] }

  it('say how examples and pairs are divided', () => {
    expect(splitSentence(results)).toBe('Of 6 synthetic examples, 3 stand on the training side and 3 on the test side.')
    // Math has one of the three training examples and six of the eight pairs.
    expect(pairShareSentence(built)).toBe(
      'Math is 33.3 % of the synthetic training examples and 75.0 % of the training pairs.',
    )
    expect(splitSentence({ ...results, split: { ...results.split, method: 'none' } })).toBe(
      'There is no split: all 6 synthetic examples are judged, in 4 comparisons.',
    )
  })

  it('say how long responses are, and what is there twice', () => {
    // Chosen: right, right, right, right, and twice right, right too; rejected: wrong.
    expect(lengthsSentence(results)).toBe(
      'In this synthetic benchmark the median chosen response has 1 words, the median rejected one 1; they are furthest apart in Ties, 1.5 against 1.',
    )
    expect(meanLengthsSentence(results)).toContain('the average chosen response has 1.3 words')
    expect(duplicateSentence(results)).toBe(
      'In this synthetic benchmark no prompt repeats an earlier one, nor nearly does; 0 of 0 responses of five words or more repeat an earlier one.',
    )
  })

  it('takes a cue that is wrong as often as another is right for as strong', () => {
    const cues = [
      { cue: 'longer', all: 0.2, bySubset: { Math: 0.2 } },
      { cue: 'newer', all: 0.7, bySubset: { Math: 0.95 } },
    ]
    const held = { ...results, benchmark: { ...results.benchmark, cues } }
    expect(cueSentence(held)).toContain('Over all subsets “longer” says most, and picks the chosen response in 20.0 %')
    expect(cueSentence(held)).toContain('within a subset, “newer” in Math, in 95.0 %')
  })
})

describe('sentences on every tuning', () => {
  const other = { ...contrast, judge: 'longer', against: 'base' }
  const tuning = [...results.tuning, { ...results.tuning[0]!, name: 'longer', base: 'base' }]
  const two = { ...results, tuning, contrasts: [contrast, other, results.contrasts[1]!] }

  it('go through all of them, and through the first contrast where nothing was tuned', () => {
    expect(tuningContrasts(two)).toEqual([contrast, other])
    expect(tuningContrasts({ ...results, tuning: [] })).toEqual([contrast])
    expect(tuningAnswers(two)).toHaveLength(2)
    expect(tuningAnswers({ ...results, contrasts: [] })).toEqual(['This study sets no two judges against each other.'])
    expect(trainingSentences(two)).toHaveLength(2)
    expect(contrastsAmong(two, ['base', 'base+dpo'])).toEqual([contrast])
  })

  it('name each where there are several, and say once what holds for all', async () => {
    const show = ({ judge }: { readonly judge: string }): string => `<p>${judge}</p>`
    expect(await eachContrast(two, tuningContrasts(two), show)).toBe(
      '<h3>base+dpo against base</h3>\n<p>base+dpo</p>\n<h3>longer against base</h3>\n<p>longer</p>',
    )
    expect(await eachContrast(results, [contrast], show)).toBe('<p>base+dpo</p>')
    expect(repeatedSentences(two, [contrast, other])).toHaveLength(1)
    const repeated = { ...other, unrepeated: { ...contrast.primary, repeated: 2 } }
    expect(repeatedSentences(two, [contrast, repeated])[1]).toMatch(/^longer against base: 2 judged synthetic/)
  })

  it('say where validation was best', () => {
    const at = (step: number, loss: number): StudyResults['tuning'][number]['validation'][number] => ({
      ...{ step, epoch: 1, loss, rewardAccuracy: 0.75, margin: 0 },
    })
    const early = [{ ...results.tuning[0]!, validation: [at(1, 0.6), at(2, 0.5), at(3, 0.55)] }]
    expect(validationSentence({ ...results, tuning: early })).toBe(
      'base+dpo: the loss is lowest after step 2 (0.5000 nats) and 0.5500 at the end, and 75.0 % of the pairs are moved the right way at the end. On synthetic validation pairs, not on what is judged.',
    )
    expect(validationSentence(results)).toContain('lowest where the training ends, at 0.5000 nats')
  })

  it('count changed verdicts', () => {
    // base to base+dpo: kept right, fixed, broken, from the rejected response to a tie.
    expect(flipKindsSentence(results, contrast)).toBe(
      '3 of 4 synthetic comparisons changed their verdict: 1 fixed, 1 broken, 1 otherwise.',
    )
    expect(flipSubsetsSentence(results, contrast)).toBe(
      'Of the synthetic comparisons of a subset, the largest share was fixed in Safety, 1 of 1; the largest share was broken in Ties, 1 of 2.',
    )
    expect(flipBalanceSentence(results, contrast)).toBe(
      'In 1 of 3 subsets more synthetic comparisons were fixed than broken: Safety (by 1). More broken than fixed: Ties (by 1).',
    )
  })

  it('divide contrasts by significance and by what n can find', () => {
    const found = (value: number, p: number, detectable: number): typeof contrast => ({
      ...contrast,
      detectable,
      primary: { ...contrast.primary, p, difference: { ...contrast.primary.difference, value } },
      adjusted: { ...contrast.adjusted!, adjusted: p },
    })
    const held = { ...results, contrasts: [found(0.2, 0.001, 0.1), { ...found(0.05, 0.4, 0.12), judge: 'longer' }] }
    expect(contrastsSentence(held)).toBe(
      'Significant after Holm’s correction: base+dpo against base (+20.0 points, p = 0.0010). Not: longer against base (+5.0 points, p = 0.40).',
    )
    expect(powersSentence(held)).toBe(
      'At the observed discordance these synthetic comparisons find a true difference of 10.0 to 12.0 points (depending on the contrast) four times in five; the observed difference is smaller than that for longer against base.',
    )
    expect(powersSentence({ ...results, contrasts: [] })).toMatch(/^No contrast/)
  })
})

describe('answerText', () => {
  it('escapes what a study may be called, one sentence as a paragraph, several as a list', () => {
    expect(answerText('a *b*')).toBe('**Answer.** a \\*b\\*')
    expect(answerText('a', 'b')).toBe('**Answer.**\n\n- a\n- b')
  })
})
