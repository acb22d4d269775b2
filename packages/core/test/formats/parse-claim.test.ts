import { describe, expect, it } from 'vitest'
import { parseClaim } from '../../src/index.js'

const GOOD = `version: 1
title: Which judge is better?
source: A paper
n: 30
subsets: { Math: 10, Focus: 20 }
judges:
  - { name: a, label: Judge A, correct: 62.60 %, subsets: { Math: 7, Focus: 60 % } }
  - { name: b, correct: 17, ties: 3 }
  - { name: c, correct: 12 }
`
const problemOf = (text: string): string => {
  try {
    parseClaim(text, 'c.yaml')
  } catch (error) {
    return (error as Error).message
  }
  return 'none'
}

describe('parseClaim', () => {
  it('fills in labels, the level, and every judge against the first', () => {
    const claim = parseClaim(GOOD, 'c.yaml')
    expect(claim.judges.map(({ label }) => label)).toEqual(['Judge A', 'b', 'c'])
    expect(claim.level).toBe(0.95)
    expect(claim.contrasts).toEqual([
      { judge: 'b', against: 'a' },
      { judge: 'c', against: 'a' },
    ])
  })

  it('keeps the printed digits of a percentage', () => {
    expect(parseClaim(GOOD, 'c.yaml').judges[0]?.correct).toBe('62.60 %')
  })

  it('takes the first of two judges as the one that is claimed to be better', () => {
    const two = 'version: 1\ntitle: t\nn: 9\njudges: [{ name: a, correct: 5 }, { name: b, correct: 4 }]'
    expect(parseClaim(two, 'c.yaml').contrasts).toEqual([{ judge: 'a', against: 'b' }])
  })

  it.each([
    [
      'correct: 17, ties',
      'correct: 0.6263, ties',
      'c.yaml:8:25: judges.1.correct: expected a count as a whole number, or a percentage as printed, with its sign: 62.63 %, found 0.6263',
    ],
    [
      'correct: 17, ties',
      'corect: 17, ties',
      'c.yaml:8:16: judges.1.corect: unknown field "corect" (did you mean "correct"?)',
    ],
    ['correct: 17, ties: 3', 'correct: 31', 'c.yaml:8:25: judges.1.correct: expected at most n, 30, found 31'],
    ['correct: 17, ties: 3', 'correct: 17, ties: 14', 'expected at most n, 30, with 14 ties, found 17'],
    ['correct: 17, ties: 3', 'ties: 3', 'judges.1: expected `correct:` or `subsets:`, found neither'],
    ['Focus: 20 }', 'Focus: 19 }', 'c.yaml:5:10: subsets: expected sizes that add up to n, 30, found 29'],
    ['Focus: 60 %', 'Fokus: 60 %', 'expected a subset of this claim, found "Fokus" (did you mean "Focus"?)'],
    ['Math: 7, Focus', 'Math: 11, Focus', 'judges.0.subsets.Math: expected at most 10, found 11'],
    ['name: c', 'name: b', 'c.yaml:9:13: judges.2.name: expected a name of its own, found "b" a second time'],
  ])('says what is wrong with %s as %s', (good, bad, said) => {
    expect(problemOf(GOOD.replace(good, bad))).toContain(said)
  })

  it('knows the judges of its contrasts', () => {
    const contrasts = (list: string): string => `${GOOD}contrasts: [${list}]\n`
    expect(problemOf(contrasts('{ judge: a, against: d }'))).toContain(
      'c.yaml:10:34: contrasts.0.against: expected the name of a judge of this claim, found "d"',
    )
    expect(problemOf(contrasts('{ judge: a, against: a }'))).toContain('expected two judges, found "a" against itself')
    expect(problemOf(contrasts('{ judge: a, against: c }'))).toBe('none')
  })
})
