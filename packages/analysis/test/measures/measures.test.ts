import { type Example, finish, type Judgment, type ModelRegistry, type Verdict } from '@judgelab/core'
import { verdictsOf } from '@judgelab/scoring'
import { describe, expect, it } from 'vitest'
import {
  buildResults,
  contrastFamily,
  costTable,
  referenceJudge,
  ruleTable,
  sensitivityTable,
  swapTable,
} from '../../src/index.js'
import { agreementSteps } from '../../src/measures/agreement.js'
import { macroAccuracy } from '../../src/measures/averages.js'
import { calibrationOf } from '../../src/measures/calibration.js'
import { judgeCost } from '../../src/measures/cost.js'
import { lengthEffect, lengthReader } from '../../src/measures/length-effect.js'
import { officialResult } from '../../src/measures/official.js'
import { contrastPower } from '../../src/measures/power.js'
import { familyOf, selfPreferences } from '../../src/measures/self-preference.js'
import { verbosityOf } from '../../src/measures/verbosity.js'
import { type Passes, smallStudy } from '../small-study.js'

const sureness = { level: 0.95, resamples: 100, newRandom: () => () => 0.5 }
const accuracy = (value: number | null, low: number | null, high: number | null) =>
  ({ ties: 'wrong', n: 10, credit: 5, value, low, high, level: 0.95, method: 'wilson', status: 'estimated' }) as const

/** Comparison 0>1 of example `e<i>`, decided in both orders. */
const verdict = (i: number, result: Verdict['result'], slots: Verdict['slots'] = [0, 1]): Verdict => ({
  comparisonId: `e${i}:0>1`,
  exampleId: `e${i}`,
  subset: 'Math',
  rule: 'consistent',
  result,
  passes: [result, result],
  slots,
})
const example = (i: number, texts: readonly [string, string], models: readonly string[] = []): Example => ({
  v: 1,
  id: `e${i}`,
  subset: 'Math',
  prompt: `Question ${i}`,
  responses: texts.map((text, at) => ({ text, ...(models[at] === undefined ? {} : { model: models[at] }) })),
  chosen: [0],
  metadata: {},
})

describe('macroAccuracy', () => {
  it('weighs every subset the same, and joins their limits by hand', () => {
    // Mean 0.5; sqrt(0.3² + 0.4²) / 2 = 0.25 below, sqrt(0.06² + 0.08²) / 2 = 0.05 above.
    const found = macroAccuracy([accuracy(0.8, 0.5, 0.86), accuracy(0.2, -0.2, 0.28)])
    expect(found).toMatchObject({ subsets: 2, method: 'mover' })
    expect([found.value, found.low, found.high].map((x) => Number(x?.toFixed(10)))).toEqual([0.5, 0.25, 0.55])
  })

  it('has no value where a subset has none, and no interval where one has none', () => {
    expect(macroAccuracy([accuracy(0.8, 0.5, 0.9), accuracy(null, null, null)]).value).toBeNull()
    expect(macroAccuracy([accuracy(0.8, 0.5, 0.9), accuracy(0.6, null, null)])).toMatchObject({
      low: null,
      method: 'none',
    })
    expect(macroAccuracy([]).value).toBeNull()
  })
})

describe('policySensitivity', () => {
  // Base decides two of four rightly and ties two; longer is right in one order of three each and wrong once.
  const RIGHT = [0, 1] as const
  const WRONG = [1, 0] as const
  const TIE = ['tie', 'tie'] as const
  const said = {
    base: [RIGHT, RIGHT, TIE, TIE],
    longer: [WRONG, TIE, TIE, TIE],
    'base+dpo': [RIGHT, RIGHT, RIGHT, WRONG],
  }
  const results = buildResults(smallStudy(said as unknown as Record<'base' | 'longer' | 'base+dpo', Passes>))

  it('finds the two judges that change places, and under what', () => {
    // Ties wrong: 2/4 against 3/4. Half: 3/4 against 3/4. Excluded: 2/2 against 3/4.
    expect(results.sensitivity.swaps).toMatchObject([{ a: 'base+dpo', b: 'base' }])
    expect(new Set(results.sensitivity.swaps[0]?.under.map(({ ties }) => ties))).toEqual(new Set(['excluded']))
    expect(results.sensitivity.swaps[0]?.under).toHaveLength(4)
    expect(swapTable(results).rows[0]?.under).toBe('ties excluded: consistent, together, net, average')
  })

  it('leaves null baselines and the order that measures the slot out, and marks the study’s own policies', () => {
    const names = results.sensitivity.rankings[0]?.judges.map(({ judge }) => judge)
    expect(names).toEqual(['base', 'base+dpo'])
    expect(results.sensitivity.rankings.map(({ rule }) => rule)).not.toContain('first-order')
    const half = results.sensitivity.rankings.find(({ rule, ties }) => rule === 'consistent' && ties === 'half')
    expect(half?.judges.map(({ rank }) => rank)).toEqual([1, 1])
    const table = sensitivityTable(results)
    expect(table.rows[table.boldRow as number]).toMatchObject({ rule: 'consistent', ties: 'wrong' })
  })
})

describe('policySensitivity with strength labels', () => {
  const evidence = smallStudy({
    base: [
      [0, 0],
      [0, 1],
      [1, 0],
      ['tie', 'tie'],
    ],
    longer: [
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
    ],
    'base+dpo': [
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
    ],
  })
  const rulesIn = (study: typeof evidence): Set<string> =>
    new Set(buildResults(study).sensitivity.rankings.map(({ rule }) => rule))

  it('compares under strength where a judge called a preference strong, or the study asks for it', () => {
    expect(rulesIn(evidence)).toEqual(new Set(['consistent', 'together', 'net', 'average']))
    expect(ruleTable(buildResults(evidence)).caption).toContain(
      '“strength” is left out: no judge called a preference strong. “first-order” is left out: this benchmark lists the chosen',
    )
    const evaluation = { ...evidence.study.evaluation, rule: 'strength' } as const
    expect(rulesIn({ ...evidence, study: { ...evidence.study, evaluation } })).toContain('strength')

    const strongly = evidence.judged.map((judge) => {
      const judgments = judge.judgments.map((judgment, at): Judgment => {
        const { outcome } = judgment
        return at === 0 && outcome.kind === 'choice'
          ? { ...judgment, outcome: { ...outcome, strength: 'strong' } }
          : judgment
      })
      const comparisons = evidence.comparisons
      return { ...judge, judgments, verdicts: verdictsOf(comparisons, judgments, 'consistent') }
    })
    const results = buildResults({ ...evidence, judged: strongly })
    expect(new Set(results.sensitivity.rankings.map(({ rule }) => rule))).toContain('strength')
    expect(ruleTable(results).caption).not.toContain('“strength” is left out')
    // The first comparison: strongly right in the one order, slightly wrong in the other: 3 / 4 beside 1, 0 and a tie.
    const strength = results.judges[0]?.rules.find(({ rule }) => rule === 'strength')
    expect(strength).toMatchObject({ counts: { chosen: 2, rejected: 1, tie: 1 }, accuracy: { credit: 1.75, n: 4 } })
  })
})

describe('contrastFamily', () => {
  const judges = ['a', 'b', 'c'].map((name) => ({ name, label: name.toUpperCase() }))
  const tuning = [{ name: 'a+dpo', base: 'a', label: 'A + DPO' }]
  const family = (contrasts: readonly { judge: string; against: string }[]): string[] =>
    contrasts.map((contrast) => contrastFamily({ judges, tuning, contrasts } as never, contrast))

  it('keeps the primary question apart and names the shared reference judge', () => {
    const own = { judge: 'a+dpo', against: 'a' }
    expect(family([own, { judge: 'a+dpo', against: 'c' }, { judge: 'b', against: 'c' }])).toEqual([
      'tuned against its own baseline',
      'judges against C',
      'judges against C',
    ])
    const chain = [
      { judge: 'b', against: 'c' },
      { judge: 'a', against: 'b' },
    ]
    expect(family(chain)).toEqual(['judges against B', 'judges against B'])
    expect(family([...chain, { judge: 'a', against: 'c' }])).toEqual(Array(3).fill('judges against other judges'))
  })
})

describe('lengthEffect', () => {
  it('counts how often the longer response is picked beside how often it is the chosen one', () => {
    const examples = [
      example(0, ['one two three', 'one']),
      example(1, ['one', 'one two']),
      example(2, ['one', 'one two three four']),
      example(3, ['same length', 'two words']),
    ]
    const verdicts = [
      verdict(0, 'chosen'),
      verdict(1, 'rejected'),
      verdict(2, 'chosen'),
      verdict(3, 'chosen'),
      verdict(4, 'tie'),
    ]
    const { n, longer, accuracy: rate } = lengthEffect(verdicts, lengthReader(examples), sureness)
    // Of three unequal ones the judge picks the longer in 0 and 1, the label is longer in 0.
    expect([n, rate, longer?.n]).toEqual([4, 0.75, 3])
    expect(longer?.picked).toBeCloseTo(2 / 3, 12)
    expect(longer?.labelled).toBeCloseTo(1 / 3, 12)
    expect(longer?.excess).toBeCloseTo(1 / 3, 12)
  })

  it('has no answer where nothing is decided, and no regression where lengths are equal', () => {
    const read = lengthReader([example(0, ['a', 'b'])])
    expect(lengthEffect([verdict(0, 'tie')], read, sureness)).toMatchObject({ status: 'nothing decided', longer: null })
    expect(lengthEffect([verdict(0, 'chosen')], read, sureness)).toMatchObject({
      effect: null,
      controlled: null,
      longer: null,
    })
  })
})

describe('selfPreferences', () => {
  it('reads families from model names', () => {
    expect(['openai/gpt-oss-120b', 'GPT-4', 'meta-llama/Llama-4', 'Qwen/Qwen3-235B', '4o'].map(familyOf)).toEqual([
      'gpt',
      'gpt',
      'llama',
      'qwen',
      undefined,
    ])
  })

  it('is the excess over the labels, for each family with enough comparisons', () => {
    const examples = Array.from({ length: 12 }, (_, i) =>
      example(i, ['a', 'b'], i % 2 === 0 ? ['gpt-4', 'llama-3'] : ['llama-3', 'gpt-4']),
    )
    // The judge picks gpt every time: right in the even ones, wrong in the odd ones.
    const verdicts = examples.map((_, i) => verdict(i, i % 2 === 0 ? 'chosen' : 'rejected'))
    const found = selfPreferences(verdicts, examples, { model: 'openai/gpt-5.2', level: 0.95 })
    expect(found).toMatchObject({ status: 'known', own: 'gpt' })
    expect(found.families.map(({ family, n, picked, labelled }) => [family, n, picked, labelled])).toEqual([
      ['gpt', 12, 1, 0.5],
      ['llama', 12, 0, 0.5],
    ])
    expect(found.families[0]?.adjusted?.family).toBe('model families of one judge')
  })

  it('says why nothing can be said', () => {
    const options = { model: 'gpt-4', level: 0.95 }
    expect(selfPreferences([verdict(0, 'chosen')], [example(0, ['a', 'b'])], options).status).toBe(
      'authors not recorded',
    )
    const same = example(0, ['a', 'b'], ['gpt-4', 'gpt-3.5'])
    expect(selfPreferences([verdict(0, 'chosen')], [same], options).status).toBe('one family only')
  })
})

describe('calibrationOf', () => {
  const judgment = (i: number, pass: 0 | 1, first: number): Judgment => ({
    v: 1,
    presentationId: `e${i}|${pass}`,
    exampleId: `e${i}`,
    comparisonId: `e${i}:0>1`,
    mode: 'pairwise',
    slots: pass === 0 ? [0, 1] : [1, 0],
    repeat: 0,
    outcome: { kind: 'choice', slot: first >= 0.5 ? 0 : 1, probabilities: [first, 1 - first] },
    latencyMs: 1,
    at: '2026-11-22T00:00:00Z',
  })

  it('averages both orders of a comparison, and is right where the preferred response is the chosen one', () => {
    // e0: chosen 0.9 and 0.7, mean 0.8, right. e1: chosen 0.2 and 0.4, so 0.7 for the rejected one, wrong.
    const judgments = [judgment(0, 0, 0.9), judgment(0, 1, 0.3), judgment(1, 0, 0.2), judgment(1, 1, 0.6)]
    const found = calibrationOf(judgments, [verdict(0, 'chosen'), verdict(1, 'rejected')], 0.95)
    expect(found).toMatchObject({ status: 'known', n: 2, undecided: 0 })
    expect(found.meanConfidence).toBeCloseTo(0.75, 12)
    expect(found.brier).toBeCloseTo((0.2 ** 2 + 0.7 ** 2) / 2, 12)
    expect(found.auc?.value).toBe(1)
  })

  it('leaves out what has no preference, and says when there are no probabilities', () => {
    const even = [judgment(0, 0, 0.5), judgment(0, 1, 0.5)]
    expect(calibrationOf(even, [verdict(0, 'tie')], 0.95)).toMatchObject({
      status: 'no probabilities',
      n: 0,
      undecided: 1,
    })
    const plain = even.map((held) => ({ ...held, outcome: { kind: 'choice', slot: 0 } as const }))
    expect(calibrationOf(plain, [verdict(0, 'chosen')], 0.95)).toMatchObject({
      status: 'no probabilities',
      undecided: 0,
    })
  })
})

const agreementsOf = (...asked: Parameters<typeof agreementSteps>) => finish(agreementSteps(...asked))

describe('agreementSteps', () => {
  const judged = (name: string, slots: readonly Verdict['slots'][]) =>
    ({
      name,
      label: name,
      kind: 'judge',
      runId: name,
      judgments: [],
      asked: {},
      verdicts: slots.map((held, i) => verdict(i, 'chosen', held)),
    }) as const

  it('is on slots, order by order, without failures', () => {
    const [found] = agreementsOf(
      [
        judged('a', [
          [0, 1],
          [0, 0],
          ['tie', 1],
        ]),
        judged('b', [
          [0, 1],
          [1, 0],
          ['tie', 'failed'],
        ]),
      ],
      sureness,
    )
    // Five presentations that both answered: alike in four.
    expect(found).toMatchObject({ a: 'a', b: 'b', n: 5, comparisons: 3, value: 0.8 })
  })

  it('knows nothing of judges that answered nothing in common', () => {
    expect(agreementsOf([judged('a', [['failed', 'failed']]), judged('b', [[0, 1]])], sureness)).toMatchObject([
      { n: 0, value: null, kappa: null },
    ])
  })
})

describe('judgeCost', () => {
  const call = (inputTokens: number, outputTokens: number): Judgment =>
    ({
      v: 1,
      presentationId: 'p',
      exampleId: 'e',
      mode: 'rating',
      slots: [0],
      repeat: 0,
      outcome: { kind: 'rating', value: 5, scale: { min: 1, max: 10 } },
      usage: { inputTokens, outputTokens },
      latencyMs: 100,
      at: '2026-11-22T00:00:00Z',
    }) as Judgment
  const price = (value: number) => ({ value, unit: 'USD per million tokens', source: 'a list', date: '2026-02-02' })
  const registry: ModelRegistry = {
    formatVersion: 1,
    models: [
      {
        name: 'm',
        label: 'M',
        provider: 'openai',
        open: false,
        prices: { input: price(1.75), output: price(14) },
        speed: price(62.9),
      },
    ],
  }

  it('is what the tokens cost, for a thousand judgments', () => {
    const prices = { input: 1.75, output: 14, source: 'a list' }
    const cost = judgeCost(
      { judgments: [call(900, 100), call(1100, 300)], asks: { provider: 'openai', model: 'm', prices } },
      registry,
    )
    // 2,000 input and 400 output tokens: 0.0035 + 0.0056 USD for two judgments.
    expect(cost.status).toBe('measured')
    expect(cost.usdPerThousand).toBeCloseTo(4.55, 12)
    expect(cost.list).toMatchObject({ model: 'm', tokensPerSecond: 62.9, blend: { inputTokens: 9, outputTokens: 1 } })
    // (9 · 1.75 + 14) / 10
    expect(cost.list?.blended).toBeCloseTo(2.975, 12)
  })

  it('counts every repeat of a judgment, and every member of a panel', () => {
    const prices = { input: 1.75, output: 14, source: 'a list' }
    const judgments = [call(900, 100), call(1100, 300)]
    const asks = { provider: 'openai', model: 'm', prices } as const
    const twice = { judgments, asks, asked: { repeats: 2 } }
    expect(judgeCost(twice, registry).usdPerThousand).toBeCloseTo(9.1, 12)
    const panelOf = (...members: unknown[]) =>
      judgeCost({ judgments: [], panel: { members: members as never } }, registry)
    const local = { judgments, asks: { provider: 'local', model: 'linear' } }
    expect(panelOf(twice, { judgments, asks }, local)).toMatchObject({ status: 'measured', list: null })
    expect(panelOf(twice, { judgments, asks }, local).usdPerThousand).toBeCloseTo(13.65, 12)
    expect(panelOf(local, local)).toMatchObject({ status: 'nothing paid', usdPerThousand: null })
    const unpriced = { judgments, asks: { provider: 'openai', model: 'other' } }
    expect(panelOf(twice, unpriced)).toMatchObject({ status: 'no price known', usdPerThousand: null })
  })

  it('is what the minutes of an endpoint cost, over the judgments that were made in them', () => {
    const sessions = [{ startedAt: '2026-11-21T23:58:00.000Z', stoppedAt: '2026-11-22T00:02:00.000Z' }]
    const endpoint = { hardware: 'h100', replicas: 1, inactiveMinutes: 10, usdPerMinute: 0.25, sessions }
    const rented = (judgments: Judgment[], held: typeof endpoint) =>
      judgeCost({ judgments, asks: { provider: 'together', model: 'm+dpo', endpoint: held } }, registry)
    const answers = [call(900, 100), call(1100, 300), { ...call(1100, 300), cached: true as const }]
    // 4 minutes at 0.25 USD for two judgments; the third came from the cache.
    expect(rented(answers, endpoint)).toMatchObject({ status: 'paid by the minute', usdPerThousand: 500, list: null })
    const open = { ...endpoint, sessions: [{ startedAt: '2026-11-21T23:58:00.000Z' }] } as unknown as typeof endpoint
    expect(rented(answers, open)).toMatchObject({ status: 'minutes not known', usdPerThousand: null })
    expect(rented(answers.slice(2), endpoint)).toMatchObject({ status: 'minutes not known', usdPerThousand: null })
    const member = {
      judgments: answers,
      asks: { provider: 'together', model: 'm+dpo', endpoint },
      asked: { repeats: 2 },
    }
    const panel = judgeCost({ judgments: [], panel: { members: [member] as never } }, registry)
    expect(panel).toMatchObject({ status: 'paid by the minute', usdPerThousand: 1000 })
  })

  it('says what is not there: local, replayed, listed only, unknown', () => {
    const silent = [{ ...call(0, 0), usage: undefined }]
    const status = (provider: string, model: string, known?: ModelRegistry) =>
      judgeCost({ judgments: silent, asks: { provider, model } as never }, known).status
    expect(status('local', 'linear')).toBe('nothing paid')
    expect(status('replay', 'GPT-4/Vanilla')).toBe('not recorded')
    expect(status('openai', 'm', registry)).toBe('list price only')
    expect(status('openai', 'other', registry)).toBe('no price known')
    const latency = (provider: string) =>
      judgeCost({ judgments: [call(0, 0)], asks: { provider, model: 'm' } as never }).summary.latencyMs
    expect([latency('local'), latency('replay')]).toEqual([null, null])
    expect(latency('openai')).not.toBeNull()
  })
})

describe('what a judge writes, and how it was asked', () => {
  it('counts words of answer and reasoning together', () => {
    const judgments = [
      { raw: 'I prefer the first', reasoning: 'because it is right' },
      { raw: 'Second' },
      {},
    ] as Judgment[]
    expect(verbosityOf(judgments)).toMatchObject({ n: 2, meanWords: 4.5, medianWords: 4.5, meanOutputTokens: null })
  })

  it('has an official score only for the official benchmark and way of asking', () => {
    const official = (mode: Judgment['mode'], subset: string, comparisons: 'first' | 'all') =>
      officialResult({ judgments: [{ mode } as Judgment], asked: {} }, [{ ...example(0, ['a', 'b']), subset }], {
        comparisons,
      }).status
    expect(official('pairwise', 'Math', 'all')).toBe('pairwise judging')
    expect(official('rating', 'Math', 'first')).toBe('not every response was rated')
    expect(official('pairwise', 'Cooking', 'all')).toBe('another benchmark')
  })

  it('scores ratings as RewardBench 2 does', () => {
    const rated = [7, 3].map(
      (value, at): Judgment => ({
        v: 1,
        presentationId: `${at}`,
        exampleId: 'e0',
        mode: 'rating',
        slots: [at],
        repeat: 0,
        outcome: { kind: 'rating', value, scale: { min: 1, max: 10 } },
        latencyMs: 1,
        at: '2026-11-22T00:00:00Z',
      }),
    )
    const found = officialResult({ judgments: rated, asked: {} }, [example(0, ['a', 'b'])], { comparisons: 'all' })
    expect(found).toMatchObject({
      status: 'known',
      protocol: 'ratings',
      mean: null,
      subsets: [{ subset: 'Math', n: 1, official: 1 }],
    })
  })
})

describe('contrastPower', () => {
  const paired = (onlyA: number, onlyB: number, test = 'exact McNemar') =>
    ({ n: 297, test, table: { both: 150, onlyA, onlyB, neither: 297 - 150 - onlyA - onlyB } }) as never

  it('starts at the size of the test, rises with the difference, and with n', () => {
    const power = contrastPower(paired(40, 20), 0.95)
    const at = (n: number) => power?.curve.filter((point) => point.n === n).map((point) => point.power) ?? []
    expect(power?.discordance).toBeCloseTo(60 / 297, 12)
    expect(at(297)[0]).toBeLessThan(0.05)
    expect(at(297).at(-1)).toBeGreaterThan(0.9)
    for (const [i, value] of at(297).entries()) expect(at(594)[i]).toBeGreaterThanOrEqual(value - 0.02)
    expect(power?.neededStatus).toBe('exact')
  })

  it('is not given for another test, or where nothing is discordant', () => {
    expect(contrastPower(paired(40, 20, 'sign-flip by prompt'), 0.95)).toBeNull()
    expect(contrastPower(paired(0, 0), 0.95)).toBeNull()
  })
})

describe('costTable', () => {
  it('has no rows where nothing was measured, and takes the judge that others are against as reference', () => {
    const RIGHT = [
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
    ] as unknown as Passes
    const results = buildResults(smallStudy({ base: RIGHT, longer: RIGHT, 'base+dpo': RIGHT }))
    const local = {
      ...results,
      judges: results.judges.map((judge) => ({
        ...judge,
        cost: { ...judge.cost, summary: { ...judge.cost.summary, latencyMs: null } },
      })),
    }
    expect(costTable(local).rows).toEqual([])
    expect(referenceJudge(results)?.name).toBe('base')
    // Its own baseline is no reference of a tuned judge, and a null baseline has no cost to compare.
    const tuning = [{ name: 'base+dpo', base: 'base' }] as unknown as typeof results.tuning
    expect(referenceJudge({ ...results, tuning })).toBeUndefined()
  })
})
