import { ConfigError, LOCAL_MODELS, type Outcome, type Prompt } from '@judgelab/core'
import { extractFeatures, logitOf, type Policy, priorPolicy } from '@judgelab/policy'
import { describe, expect, it } from 'vitest'
import { createLocalJudge, type LocalJudgeOptions, NULL_JUDGES, type OwnJudge } from '../src/index.js'

const PROMPT = 'Which rivers flow through Vienna? Answer in one sentence.'
const SHORT = 'The Danube flows through Vienna.'
const LONG = 'The Danube flows through Vienna, and so does the much smaller Wien; I hope this helps you a great deal!'

function localJudge(options: Partial<LocalJudgeOptions>): OwnJudge {
  return createLocalJudge({ name: 'j', model: 'longer', mode: 'pairwise', settings: {}, ...options })
}

async function outcomeOf(judge: OwnJudge, slots: readonly string[], presentationId = 'p'): Promise<Outcome> {
  return (await judge.answer({ presentationId, shown: { mode: 'pairwise', prompt: PROMPT, slots } })).outcome
}

describe('null judges', () => {
  it.each([
    ['longer', ['aa', 'b'], 0],
    ['longer', ['a', 'bb'], 1],
    ['longer', ['a', 'bb', 'ccc', ''], 2],
    ['longer', ['aa', 'bb'], 'tie'],
    ['longer', ['a', 'bb', 'cc'], 'tie'],
    ['longer', ['aa', 'bb', 'ccc'], 2],
    ['shorter', ['aa', 'b'], 1],
    ['shorter', ['a', 'bb'], 0],
    ['shorter', ['aa', 'bb'], 'tie'],
    ['shorter', ['', '', 'c'], 'tie'],
    ['first', ['a', 'bbb'], 0],
    ['first', ['bbb', 'a'], 0],
  ] as const)('%s of %j names %s', async (model, slots, slot) => {
    expect(await outcomeOf(localJudge({ model }), slots)).toEqual({ kind: 'choice', slot })
  })

  it('random names every slot about as often, whatever stands in it', async () => {
    const judge = localJudge({ model: 'random', settings: { seed: 5 } })
    const named = [0, 0, 0]
    for (let call = 0; call < 3000; call++) {
      const outcome = await outcomeOf(judge, ['a', 'bb', 'ccc'], `p${call}`)
      if (outcome.kind === 'choice' && outcome.slot !== 'tie') named[outcome.slot]!++
    }
    // Four standard deviations of a binomial count: 4 * sqrt(3000 * 1/3 * 2/3) = 103.
    for (const count of named) expect(Math.abs(count - 1000)).toBeLessThan(103)
  })

  it('random answers by seed and presentation, not by the order of calls', async () => {
    const ids = Array.from({ length: 40 }, (_, at) => `p${at}`)
    const answers = async (seed: number, order: readonly string[]): Promise<Record<string, Outcome>> => {
      const judge = localJudge({ model: 'random', settings: { seed } })
      const answered: Record<string, Outcome> = {}
      for (const id of order) answered[id] = await outcomeOf(judge, ['a', 'b'], id)
      return answered
    }
    expect(await answers(1, ids)).toEqual(await answers(1, ids.toReversed()))
    expect(await answers(1, ids)).not.toEqual(await answers(2, ids))
  })
})

describe('the linear judge', () => {
  const policy = priorPolicy()
  const logit = (text: string): number => logitOf(policy, extractFeatures(PROMPT, text))
  const gap = Math.abs(logit(SHORT) - logit(LONG))
  const better = logit(SHORT) > logit(LONG) ? 0 : 1
  const linear = (tieMargin: number): OwnJudge => localJudge({ model: 'linear', policy, settings: { tieMargin } })

  it('names the response that the policy would rather write', async () => {
    expect(gap).toBeGreaterThan(0)
    expect(await outcomeOf(linear(0), [SHORT, LONG])).toMatchObject({ kind: 'choice', slot: better })
    expect(await outcomeOf(linear(0), [LONG, SHORT])).toMatchObject({ kind: 'choice', slot: 1 - better })
  })

  it('calls a tie up to its margin and no further', async () => {
    expect(await outcomeOf(linear(gap), [SHORT, LONG])).toMatchObject({ slot: 'tie' })
    expect(await outcomeOf(linear(gap * (1 - 1e-9)), [SHORT, LONG])).toMatchObject({ slot: better })
    expect(await outcomeOf(linear(gap * (1 + 1e-9)), [SHORT, LONG])).toMatchObject({ slot: 'tie' })
  })

  it('reads a conversation of one question as the question', async () => {
    const ask = (prompt: Prompt) =>
      linear(0).answer({ presentationId: 'p', shown: { mode: 'pairwise', prompt, slots: [SHORT, LONG] } })
    expect(await ask([{ role: 'user', content: PROMPT }])).toEqual(await ask(PROMPT))
  })

  it('calls a tie between equal responses without any margin', async () => {
    expect(await outcomeOf(linear(0), [SHORT, SHORT])).toEqual({
      kind: 'choice',
      slot: 'tie',
      probabilities: [0.5, 0.5],
    })
  })

  it('gives the policy’s probabilities, which sum to 1 and follow the slots', async () => {
    const odds = Math.exp(logit(SHORT) - logit(LONG))
    const there = await outcomeOf(linear(0), [SHORT, LONG])
    const back = await outcomeOf(linear(0), [LONG, SHORT])
    const [p, q] = probabilitiesOf(there) as [number, number]
    expect(p + q).toBeCloseTo(1, 15)
    expect(p / q).toBeCloseTo(odds, 10)
    expect(probabilitiesOf(back)).toEqual([q, p])
  })

  it('stays finite where one response is out of the question', async () => {
    const weights = policy.weights.map((weight) => weight * 1e6)
    const extreme = localJudge({ model: 'linear', policy: { ...policy, weights }, settings: {} })
    const probabilities = probabilitiesOf(await outcomeOf(extreme, [SHORT, LONG, ''])) as number[]
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12)
    expect(probabilities.every((value) => value >= 0 && value <= 1)).toBe(true)
  })
})

function probabilitiesOf(outcome: Outcome): readonly number[] | undefined {
  return outcome.kind === 'choice' ? outcome.probabilities : undefined
}

describe('what a local judge refuses', () => {
  const policy = priorPolicy()
  it.each([
    [{ model: 'longest' }, 'judges.j.model: expected one of longer, shorter, first, random, linear, found "longest"'],
    [{ mode: 'rating' }, 'judges.j.mode: expected mode pairwise or best-of-n of a local judge, found rating'],
    [{ model: 'linear' }, 'judges.j: expected the weights of the linear judge, found none'],
    [{ settings: { seed: 1 } }, 'judges.j.settings.seed: expected no settings for this model'],
    [{ model: 'random', settings: { sed: 1 } }, 'judges.j.settings.sed: expected only seed for this model'],
    [
      { model: 'linear', policy, settings: { tieMargin: -0.1 } },
      'judges.j.settings.tieMargin: expected a number of at least 0, found -0.1',
    ],
    [
      { model: 'linear', policy, settings: { tieMargin: '0.1' } },
      'judges.j.settings.tieMargin: expected a number of at least 0, found "0.1"',
    ],
    [
      { model: 'linear', policy, settings: { tieMargin: Number.POSITIVE_INFINITY } },
      'judges.j.settings.tieMargin: expected a number of at least 0, found Infinity',
    ],
  ] satisfies [Partial<LocalJudgeOptions>, string][])('%j', (options, message) => {
    expect(() => localJudge(options)).toThrow(
      new ConfigError(message.slice(message.indexOf(': ') + 2), message.slice(0, message.indexOf(': '))),
    )
  })
})

describe('the id of a local judge', () => {
  const policy = priorPolicy()
  const other: Policy = { ...policy, weights: policy.weights.map((weight, at) => (at === 0 ? weight + 1e-9 : weight)) }
  const idOf = (options: Partial<LocalJudgeOptions>): string => localJudge(options).id
  const linear = { model: 'linear', policy }

  it('is the same for the same spec, whatever the judge is called', () => {
    expect(idOf(linear)).toBe(idOf({ ...linear, name: 'another', settings: { tieMargin: 0 } }))
    expect(idOf({ model: 'random' })).toBe(idOf({ model: 'random', settings: { seed: 0 } }))
  })

  it('changes with weights, settings, model and mode', () => {
    const ids = [
      idOf(linear),
      idOf({ ...linear, policy: other }),
      idOf({ ...linear, settings: { tieMargin: 0.1 } }),
      idOf({ ...linear, mode: 'best-of-n' }),
      idOf({ model: 'longer' }),
      idOf({ model: 'shorter' }),
      idOf({ model: 'random' }),
      idOf({ model: 'random', settings: { seed: 1 } }),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('the models that a study file may name', () => {
  it('are the ones that there are', () => {
    expect([...LOCAL_MODELS].sort()).toEqual([...NULL_JUDGES, 'linear'].sort())
  })
})
