import { RULES, type Rule, VERDICT_RESULTS, type VerdictResult } from '@judgelab/core'
import { combinePasses } from '@judgelab/scoring'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

type Expected = Readonly<Record<Rule, VerdictResult>>

/**
 * Every pair of passes, first pass and second pass, and what each rule makes of them, written out by hand:
 * consistent - both the same, else tie; a failed pass fails. together - as consistent, but one readable pass decides.
 * net and average - right +1, wrong -1, tie 0, failed left out; the sign decides; failed when none is readable.
 * strength - as net where no pass is strong; a failed pass fails. first-order - the first pass.
 */
const TABLE: readonly (readonly [VerdictResult, VerdictResult, Expected])[] = [
  [
    'chosen',
    'chosen',
    {
      consistent: 'chosen',
      together: 'chosen',
      net: 'chosen',
      average: 'chosen',
      strength: 'chosen',
      'first-order': 'chosen',
    },
  ],
  [
    'chosen',
    'rejected',
    { consistent: 'tie', together: 'tie', net: 'tie', average: 'tie', strength: 'tie', 'first-order': 'chosen' },
  ],
  [
    'chosen',
    'tie',
    {
      consistent: 'tie',
      together: 'tie',
      net: 'chosen',
      average: 'chosen',
      strength: 'chosen',
      'first-order': 'chosen',
    },
  ],
  [
    'chosen',
    'failed',
    {
      consistent: 'failed',
      together: 'chosen',
      net: 'chosen',
      average: 'chosen',
      strength: 'failed',
      'first-order': 'chosen',
    },
  ],
  [
    'rejected',
    'chosen',
    { consistent: 'tie', together: 'tie', net: 'tie', average: 'tie', strength: 'tie', 'first-order': 'rejected' },
  ],
  [
    'rejected',
    'rejected',
    {
      consistent: 'rejected',
      together: 'rejected',
      net: 'rejected',
      average: 'rejected',
      strength: 'rejected',
      'first-order': 'rejected',
    },
  ],
  [
    'rejected',
    'tie',
    {
      consistent: 'tie',
      together: 'tie',
      net: 'rejected',
      average: 'rejected',
      strength: 'rejected',
      'first-order': 'rejected',
    },
  ],
  [
    'rejected',
    'failed',
    {
      consistent: 'failed',
      together: 'rejected',
      net: 'rejected',
      average: 'rejected',
      strength: 'failed',
      'first-order': 'rejected',
    },
  ],
  [
    'tie',
    'chosen',
    { consistent: 'tie', together: 'tie', net: 'chosen', average: 'chosen', strength: 'chosen', 'first-order': 'tie' },
  ],
  [
    'tie',
    'rejected',
    {
      consistent: 'tie',
      together: 'tie',
      net: 'rejected',
      average: 'rejected',
      strength: 'rejected',
      'first-order': 'tie',
    },
  ],
  [
    'tie',
    'tie',
    { consistent: 'tie', together: 'tie', net: 'tie', average: 'tie', strength: 'tie', 'first-order': 'tie' },
  ],
  [
    'tie',
    'failed',
    { consistent: 'failed', together: 'tie', net: 'tie', average: 'tie', strength: 'failed', 'first-order': 'tie' },
  ],
  [
    'failed',
    'chosen',
    {
      consistent: 'failed',
      together: 'chosen',
      net: 'chosen',
      average: 'chosen',
      strength: 'failed',
      'first-order': 'failed',
    },
  ],
  [
    'failed',
    'rejected',
    {
      consistent: 'failed',
      together: 'rejected',
      net: 'rejected',
      average: 'rejected',
      strength: 'failed',
      'first-order': 'failed',
    },
  ],
  [
    'failed',
    'tie',
    { consistent: 'failed', together: 'tie', net: 'tie', average: 'tie', strength: 'failed', 'first-order': 'failed' },
  ],
  [
    'failed',
    'failed',
    {
      consistent: 'failed',
      together: 'failed',
      net: 'failed',
      average: 'failed',
      strength: 'failed',
      'first-order': 'failed',
    },
  ],
]

const MIRROR: Readonly<Record<VerdictResult, VerdictResult>> = {
  chosen: 'rejected',
  rejected: 'chosen',
  tie: 'tie',
  failed: 'failed',
}
const passes = fc.array(fc.constantFrom(...VERDICT_RESULTS), { maxLength: 6 })
const rule = fc.constantFrom(...RULES)
const RUNS = { seed: 1, numRuns: 500 }

describe('combinePasses', () => {
  it('is given every pair of passes once by the table', () => {
    const pairs = VERDICT_RESULTS.flatMap((first) => VERDICT_RESULTS.map((second) => `${first} ${second}`))
    expect(TABLE.map(([first, second]) => `${first} ${second}`)).toEqual(pairs)
  })

  it.each(TABLE)('of %s and %s is what every rule says', (first, second, expected) => {
    const combined = Object.fromEntries(RULES.map((held) => [held, combinePasses([first, second], held)]))
    expect(combined).toEqual(expected)
  })

  it.each(RULES)('of one pass under %s is that pass', (held) => {
    for (const pass of VERDICT_RESULTS) expect(combinePasses([pass], held)).toBe(pass)
  })

  it.each(RULES)('of no passes under %s is failed', (held) => {
    expect(combinePasses([], held)).toBe('failed')
  })

  it('of many passes: all must agree under consistent and together, the majority wins under net and average', () => {
    const four: VerdictResult[] = ['chosen', 'chosen', 'rejected', 'chosen']
    expect(combinePasses(four, 'consistent')).toBe('tie')
    expect(combinePasses(four, 'together')).toBe('tie')
    expect(combinePasses(four, 'net')).toBe('chosen')
    expect(combinePasses(four, 'average')).toBe('chosen')
  })

  it('counts a strong pass three times under strength alone: it outweighs two slight ones, and three tie with it', () => {
    const against: VerdictResult[] = ['chosen', 'rejected', 'rejected', 'rejected']
    const strong = [true, false, false, false]
    expect(combinePasses(against.slice(0, 2), 'strength', strong)).toBe('chosen')
    expect(combinePasses(against.slice(0, 3), 'strength', strong)).toBe('chosen')
    expect(combinePasses(against, 'strength', strong)).toBe('tie')
    expect(combinePasses(against, 'strength')).toBe('rejected')
    expect(combinePasses(['chosen', 'rejected'], 'strength', [true, true])).toBe('tie')
    expect(combinePasses(['chosen', 'failed'], 'strength', [true, false])).toBe('failed')
    for (const held of RULES.filter((name) => name !== 'strength'))
      expect(combinePasses(against, held, strong)).toBe(combinePasses(against, held))
  })

  it('is mirrored when chosen and rejected change places', () => {
    fc.assert(
      fc.property(passes, rule, fc.array(fc.boolean(), { maxLength: 6 }), (made, held, strong) => {
        const mirrored = made.map((pass) => MIRROR[pass])
        expect(combinePasses(mirrored, held, strong)).toBe(MIRROR[combinePasses(made, held, strong)])
      }),
      RUNS,
    )
  })

  it('does not look at the order of the passes, except under first-order', () => {
    fc.assert(
      fc.property(passes, fc.constantFrom(...RULES.filter((held) => held !== 'first-order')), (made, held) => {
        expect(combinePasses([...made].reverse(), held)).toBe(combinePasses(made, held))
      }),
      RUNS,
    )
  })

  it('decides under consistent only what every other rule decides in the same way', () => {
    fc.assert(
      fc.property(passes, rule, (made, held) => {
        const strict = combinePasses(made, 'consistent')
        if (strict === 'chosen' || strict === 'rejected') expect(combinePasses(made, held)).toBe(strict)
      }),
      RUNS,
    )
  })
})
