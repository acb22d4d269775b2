import type { Example, PreferencePair } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { findLeaks, type LeakOptions, pairsFromResponses, pairsFromVerdicts, refuseLeaks } from '../src/index.js'
import { madeExample } from './made-examples.js'

const LONG = 'Describe in your own words how the old bridge over the river came to be built by the masons of the town'
const examples = [
  madeExample('a', 'Math', [4, 5, 6]),
  madeExample('ref:1', 'Ties', [4, 5], 'Name a prime.'),
  madeExample('c', 'Math', [4, 5], `${LONG}, briefly.`),
]
const pairs = pairsFromResponses(examples)
const gate = (
  judged: readonly Example[],
  policy: LeakOptions['policy'],
  held: readonly PreferencePair[] = pairs,
): ReturnType<typeof findLeaks> => {
  const found = findLeaks(held, { examples, judged, policy })
  refuseLeaks(found.leaks)
  return found
}

describe('the gate between pairs and evaluation', () => {
  it('lets pairs through that show nothing of what is judged', () => {
    const { pairs: left, leaks } = gate([madeExample('z', 'Math', [1, 2])], 'stop')
    expect(left).toEqual(pairs)
    expect(leaks).toEqual({
      policy: 'stop',
      of: 4,
      found: { example: 0, prompt: 0, 'near-prompt': 0 },
      cases: [],
      siblings: 0,
      dropped: 0,
    })
  })

  it.each([
    ['a judged example', examples[0] as Example, '2 made of a judged example:\n  responses:a:0>1: example of a'],
    [
      'the prompt of one',
      madeExample('z', 'Math', [1, 2], ' QUESTION a? '),
      '2 asking the prompt of one:\n  responses:a:0>1: prompt of z',
    ],
    [
      'nearly the prompt of one',
      madeExample('z', 'Math', [1, 2], `${LONG}, please.`),
      '1 asking nearly the prompt of one:\n  responses:c:0>1: near-prompt of z',
    ],
  ])('stops at pairs with %s', (_, judged, message) => {
    expect(() => gate([judged], 'stop')).toThrow(`found of 4 pairs ${message}`)
  })

  it('knows the prompt of a pair whose input is a judging prompt', () => {
    const verdicts = pairsFromVerdicts(examples, {
      judgeId: 'j',
      ask: () => ({ input: [{ role: 'user', content: 'Which is better?' }], right: 'A', wrong: 'B' }),
    })
    expect(() => gate([madeExample('z', 'Math', [1, 2], 'Question a?')], 'stop', verdicts)).toThrow(
      '4 asking the prompt',
    )
  })

  it('drops leaks and siblings, or only reports them', () => {
    const judged = [examples[0] as Example, madeExample('tied:1', 'Ties', [1, 2], 'Name two primes.')]
    const dropped = gate(judged, 'drop')
    expect(dropped.pairs.map(({ id }) => id)).toEqual(['responses:c:0>1'])
    expect(dropped.leaks).toMatchObject({ found: { example: 2 }, siblings: 1, dropped: 3 })
    const reported = gate(judged, 'report')
    expect(reported.pairs).toEqual(pairs)
    expect(reported.leaks).toMatchObject({ found: { example: 2 }, siblings: 1, dropped: 0 })
    expect(() => gate([judged[1] as Example], 'stop')).not.toThrow()
  })
})
