import { createNumpyRandom } from '@judgelab/core'
import { proportionInterval } from '@judgelab/stats'
import { describe, expect, it } from 'vitest'
import { accuracyOf, type Sureness } from '../src/index.js'
import { verdictList } from './verdict-list.js'

const SURENESS: Sureness = { level: 0.95, resamples: 2000, newRandom: () => createNumpyRandom(1).randomSample }

describe('accuracyOf', () => {
  it('has Wilson’s interval where every credit is 0 or 1', () => {
    const { low, high } = proportionInterval(3, 7, { method: 'wilson', level: 0.95 })
    expect(accuracyOf(verdictList('ccctrrf'), { ties: 'wrong', failures: 'wrong' }, SURENESS)).toEqual({
      ties: 'wrong',
      n: 7,
      credit: 3,
      value: 3 / 7,
      low,
      high,
      level: 0.95,
      method: 'wilson',
      status: 'estimated',
    })
  })

  it.each([
    ['wrong', 'wrong', 7, 3],
    ['half', 'wrong', 7, 3.5],
    ['excluded', 'wrong', 6, 3],
    ['wrong', 'excluded', 6, 3],
    ['half', 'excluded', 6, 3.5],
    ['excluded', 'excluded', 5, 3],
  ] as const)('counts ties %s and failures %s', (ties, failures, n, credit) => {
    const accuracy = accuracyOf(verdictList('ccctrrf'), { ties, failures }, SURENESS)
    expect(accuracy).toMatchObject({ ties, n, credit, value: credit / n })
  })

  it('resamples prompts where half credit was given, and covers the value', () => {
    const accuracy = accuracyOf(verdictList('ctcttrccrtcr'), { ties: 'half', failures: 'wrong' }, SURENESS)
    expect(accuracy).toMatchObject({ method: 'bootstrap by prompt', n: 12, credit: 7, value: 7 / 12 })
    expect(accuracy.low).toBeLessThan(7 / 12)
    expect(accuracy.high).toBeGreaterThan(7 / 12)
  })

  it('has Wilson’s interval under half credit too when nothing tied', () => {
    expect(accuracyOf(verdictList('crcrc'), { ties: 'half', failures: 'wrong' }, SURENESS).method).toBe('wilson')
  })

  it('resamples prompts where one prompt has several comparisons, which widens the interval', () => {
    const letters = 'cccccccccccrrrrrrrrr'
    const apart = accuracyOf(verdictList(letters), { ties: 'wrong', failures: 'wrong' }, SURENESS)
    const together = accuracyOf(
      verdictList(letters, (at) => `prompt ${Math.floor(at / 3)}`),
      { ties: 'wrong', failures: 'wrong' },
      SURENESS,
    )
    expect([apart.method, together.method]).toEqual(['wilson', 'bootstrap by prompt'])
    expect(together.value).toBe(apart.value)
    const width = ({ low, high }: typeof apart): number => (high as number) - (low as number)
    expect(width(together)).toBeGreaterThan(width(apart))
  })

  it.each(['', 'tt', 'tft'])('says nothing of "%s" when ties and failures are excluded', (letters) => {
    expect(accuracyOf(verdictList(letters), { ties: 'excluded', failures: 'excluded' }, SURENESS)).toEqual({
      ties: 'excluded',
      n: 0,
      credit: 0,
      value: null,
      low: null,
      high: null,
      level: 0.95,
      method: 'none',
      status: 'nothing counts',
    })
  })

  it('does not depend on what was resampled before', () => {
    const policies = { ties: 'half', failures: 'wrong' } as const
    const first = accuracyOf(verdictList('cttrrctc'), policies, SURENESS)
    accuracyOf(verdictList('ttttttrc'), policies, SURENESS)
    expect(accuracyOf(verdictList('cttrrctc'), policies, SURENESS)).toEqual(first)
  })

  it('has no interval where too few prompts stand behind it, rather than one of no width', () => {
    const onePrompt = verdictList('ccr', () => 'p')
    expect(accuracyOf(onePrompt, { ties: 'wrong', failures: 'wrong' }, SURENESS)).toMatchObject({
      value: 2 / 3,
      low: null,
      high: null,
      method: 'none',
      status: 'too few prompts',
    })
    const status = (prompts: number, level: number) =>
      accuracyOf(
        verdictList('ccrcr'.repeat(prompts), (at) => `p${Math.floor(at / 4) % prompts}`),
        { ties: 'half', failures: 'wrong' },
        { ...SURENESS, level },
      ).status
    // 2^(1 − 5) = 0.0625 is above 0.05 and not above 0.1; 2^(1 − 6) = 0.03125.
    expect([status(5, 0.95), status(5, 0.9), status(6, 0.95)]).toEqual(['too few prompts', 'estimated', 'estimated'])
    expect(accuracyOf(verdictList('t'), { ties: 'half', failures: 'wrong' }, SURENESS)).toMatchObject({
      value: 0.5,
      low: null,
    })
  })

  it('has no interval where every prompt says the same', () => {
    const alike = verdictList('ccr'.repeat(10), (at) => `p${Math.floor(at / 3)}`)
    expect(accuracyOf(alike, { ties: 'wrong', failures: 'wrong' }, SURENESS)).toMatchObject({
      value: 2 / 3,
      low: null,
      high: null,
      method: 'none',
      status: 'no spread',
    })
  })

  it('takes examples that ask one prompt together, when they are many enough to matter', () => {
    const policies = { ties: 'wrong', failures: 'wrong' } as const
    const pairs = { ...SURENESS, promptOf: (id: string) => `p${Number(id.slice(1)) >> 1}` }
    expect(accuracyOf(verdictList('ccccccccccrrrrrrrrrr'), policies, pairs).method).toBe('bootstrap by prompt')
    // One prompt asked twice among 297: 299 / 297 = 1.007.
    const onePair = { ...SURENESS, promptOf: (id: string) => (id === 'e1' ? 'e0' : id) }
    expect(accuracyOf(verdictList(`${'c'.repeat(186)}${'r'.repeat(111)}`), policies, onePair).method).toBe('wilson')
  })
})
