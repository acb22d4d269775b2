import type { StudyTuning } from '@judgelab/core'
import { extractFeatures, priorPolicy, serializePolicy, trainDpo } from '@judgelab/policy'
import { describe, expect, it } from 'vitest'
import { groupedSides, type LocalTuning, pairsFromResponses, pairsFromVerdicts, tuneLocally } from '../src/index.js'

const examples = Array.from({ length: 30 }, (_, at) => ({
  v: 1 as const,
  id: `e${at}`,
  subset: 'Capitals',
  prompt: `What is the capital of country ${at}? Answer in one word.`,
  responses: [
    { text: `City${at}.` },
    { text: `I cannot say, sorry ${at}.` },
    { text: 'It might be anything, really!' },
  ],
  chosen: [0],
  metadata: {},
}))
const ASKED = { input: [{ role: 'user', content: 'Which?' }], right: 'A', wrong: 'B' } as const
const parameters: StudyTuning = {
  name: 'tuned',
  label: 'Tuned',
  base: 'linear',
  backend: 'local',
  beta: 0.1,
  epochs: 2,
  batchSize: 8,
  learningRate: 1,
  seed: 42,
  loss: 'dpo',
  labelSmoothing: 0,
  l2: 0,
  schedule: 'linear',
  evaluations: 3,
}
const tuning = (over: Partial<LocalTuning> = {}): LocalTuning => ({
  base: priorPolicy(),
  pairs: groupedSides(pairsFromResponses(examples), { seed: 1, validation: 0.2 }),
  parameters,
  ...over,
})

describe('tuneLocally', () => {
  it('gives the same weights byte for byte for the same pairs, parameters and seed', async () => {
    const [once, again] = await Promise.all([tuneLocally(tuning()), tuneLocally(tuning())])
    expect(serializePolicy(again.policy)).toBe(serializePolicy(once.policy))
    expect(again).toEqual(once)
  })

  it('gives other weights for another seed, beta or rate', async () => {
    const all = [{}, { seed: 43 }, { beta: 0.2 }, { learningRate: 0.5 }].map(async (change) =>
      serializePolicy((await tuneLocally(tuning({ parameters: { ...parameters, ...change } }))).policy),
    )
    expect(new Set(await Promise.all(all)).size).toBe(4)
  })

  it('leaves the base as it was and learns the pairs', async () => {
    const asked = tuning()
    const { policy, steps, validation } = await tuneLocally(asked)
    expect(asked.base).toEqual(priorPolicy())
    expect(policy).not.toEqual(asked.base)
    expect(steps).toHaveLength(2 * Math.ceil(asked.pairs.train.length / 8))
    expect(validation).toHaveLength(3)
    expect(steps[0]?.loss).toBeCloseTo(Math.LN2, 12)
    expect(validation.at(-1)?.loss).toBeLessThan(Math.LN2)
    expect(validation.at(-1)?.rewardAccuracy).toBe(1)
  })

  it('tells how many pairs are read, then how many steps are done', async () => {
    const told: [number, number, string][] = []
    const asked = tuning({ onProgress: (...at) => told.push(at) })
    const { steps } = await tuneLocally(asked)
    const pairs = asked.pairs.train.length + asked.pairs.validation.length
    expect(told).toEqual([
      ...Array.from({ length: pairs }, (_, at) => [at + 1, pairs, 'pairs read']),
      ...steps.map(({ step }) => [step, steps.length, 'steps']),
    ])
  })

  it.each(['pairs read', 'steps'])('stops with the signal’s reason while it counts %s', async (unit) => {
    const stop = new AbortController()
    const reason = new Error('stopped by hand')
    const last: string[] = []
    const onProgress = (done: number, _total: number, counted: string): void => {
      last.push(`${done} ${counted}`)
      if (counted === unit && done === 3) stop.abort(reason)
    }
    await expect(tuneLocally(tuning({ signal: stop.signal, onProgress }))).rejects.toBe(reason)
    expect(last.at(-1)).toBe(`3 ${unit}`)
  })

  it('lets a timer stop it: training gives way to other work', async () => {
    const long = { ...parameters, epochs: 100_000 }
    const stopped = tuneLocally(tuning({ parameters: long, signal: AbortSignal.timeout(150) }))
    await expect(stopped).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it('learns from what the judge will be shown: features of the whole conversation', async () => {
    const input = [
      { role: 'system', content: 'Answer in one word.' },
      { role: 'user', content: 'What is the capital of Austria?' },
    ] as const
    const origin = { strategy: 'responses', exampleId: 'e', comparisonId: 'c', subset: 's' } as const
    const pair = { v: 1, id: 'p', input, preferred: 'Vienna.', nonPreferred: 'Let me think about it.', origin } as const
    const { policy } = await tuneLocally(tuning({ pairs: { train: [pair], validation: [pair] } }))
    const expected = trainDpo(
      priorPolicy(),
      [
        {
          id: 'p',
          preferred: extractFeatures(input, 'Vienna.'),
          nonPreferred: extractFeatures(input, pair.nonPreferred),
        },
      ],
      parameters,
    )
    expect(serializePolicy(policy)).toBe(serializePolicy(expected.policy))
  })

  it('learns from verdicts which of the responses shown is better, in whichever slots', async () => {
    const verdicts = pairsFromVerdicts(examples, { ask: () => ASKED, judgeId: 'j' })
    const responses = pairsFromResponses(examples)
    const twice = responses.flatMap((pair) => [pair, pair]) // as verdicts come in both orders
    expect(verdicts).toHaveLength(twice.length)
    const find = (id: string) => examples.find((example) => example.id === id)
    const learned = await tuneLocally(tuning({ pairs: { train: verdicts, validation: verdicts }, find }))
    const expected = await tuneLocally(tuning({ pairs: { train: twice, validation: twice } }))
    expect(serializePolicy(learned.policy)).toBe(serializePolicy(expected.policy))
    expect(learned.validation).toEqual(expected.validation)
  })

  it('refuses verdicts of examples that it has not, and critiques', async () => {
    const [verdict] = pairsFromVerdicts(examples, { ask: () => ASKED, judgeId: 'j' })
    const pair = verdict as NonNullable<typeof verdict>
    const sides = (changed: typeof pair) => tuning({ pairs: { train: [changed], validation: [] } })
    await expect(tuneLocally(sides(pair))).rejects.toThrow(
      'expected an example with the responses of pair verdicts:e0|pairwise|0-1, found no comparison e0:0>1',
    )
    const critique = { ...pair, id: 'critiques:e0', origin: { ...pair.origin, strategy: 'critiques' } } as const
    await expect(tuneLocally(sides(critique))).rejects.toThrow(
      'expected pairs of responses or of verdicts for the log-linear policy, found critiques:e0',
    )
  })

  it('passes the weights of pairs on', async () => {
    const asked = tuning()
    const heavy = asked.pairs.train.map((pair, at) => ({ ...pair, weight: at === 0 ? 5 : 1 }))
    const weighted = await tuneLocally({ ...asked, pairs: { ...asked.pairs, train: heavy } })
    expect(weighted.policy).not.toEqual((await tuneLocally(asked)).policy)
  })
})
