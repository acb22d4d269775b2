import { fileURLToPath } from 'node:url'
import { comparisonOf, type Example, projectAt } from '@judgelab/core'
import {
  type AuditCheck,
  type AuditFinding,
  type AuditInput,
  type AuditReport,
  auditSplit,
  auditSteps,
  type Benchmark,
  examplesOn,
  loadBenchmark,
  splitBenchmark,
} from '@judgelab/datasets'
import { beforeAll, describe, expect, it } from 'vitest'
import { exampleOf } from '../support/drawn-examples.js'
import { pairsOf, shuffledSides } from './made-pairs.js'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))

function findingOf(report: AuditReport, name: AuditCheck): AuditFinding {
  const finding = report.findings.find((held) => held.name === name)
  if (finding === undefined) throw new RangeError(`findingOf needs a check that was made, got ${name}`)
  return finding
}

function audited(input: AuditInput, name: AuditCheck): AuditFinding {
  return findingOf(auditSplit(input), name)
}

const LONG = 'Tell me in a few words how the tide comes and goes twice on most days of the year'
const train = [
  exampleOf('t1', 'Math', 'What is 2 + 2?'),
  exampleOf('t2', 'Focus', LONG),
  exampleOf('ref:1', 'Ties', 'Name a prime number.'),
]
const clean = [exampleOf('s1', 'Math', 'What is 2 - 2?'), exampleOf('s2', 'Focus', 'Why is the sky blue at noon?')]

describe('an audit', () => {
  it('tells how far it is: with pairs there are nine groups of checks, without a training side one', () => {
    const told = (input: AuditInput): string[] => {
      const said: string[] = []
      auditSplit({ ...input, onProgress: (done, total) => void said.push(`${done}/${total}`) })
      return said
    }
    const pairs = shuffledSides(pairsOf(train), 1)
    expect(told({ train, test: clean, pairs })).toEqual(Array.from({ length: 10 }, (_, done) => `${done}/9`))
    expect(told({ train: [], test: clean })).toEqual(['0/1', '1/1'])
  })

  it('pauses before each of five groups of checks, and at every prompt and response that is compared', () => {
    const prompts = train.length + clean.length
    expect([...auditSteps({ train, test: clean })].length).toBeGreaterThan(5 + prompts)
  })
})

describe('prompts on both sides', () => {
  it('finds none where there are none', () => {
    const report = auditSplit({ train, test: clean })
    for (const name of ['prompts-exact', 'prompts-near', 'siblings-divided'] as const)
      expect(findingOf(report, name)).toMatchObject({ verdict: 'ok', counts: { of: 2, found: 0 }, examples: [] })
    expect(report.verdict).toBe('ok')
  })

  it('finds the same prompt in other letter case and spacing, and as a conversation', () => {
    const turns = [{ role: 'user', content: LONG.toUpperCase() }] as const
    const test = [
      ...clean,
      exampleOf('s3', 'Math', 'what is 2  + 2?\n'),
      { ...exampleOf('s4', 'Focus', ''), prompt: turns },
    ]
    expect(audited({ train, test }, 'prompts-exact')).toMatchObject({
      verdict: 'leak',
      summary: '2 of 4 test examples ask a prompt that stands on the training side',
      counts: { of: 4, found: 2 },
      bySubset: { Math: { of: 2, found: 1 }, Focus: { of: 2, found: 1 } },
      threshold: null,
      examples: [
        { id: 's3', of: 't1' },
        { id: 's4', of: 't2' },
      ],
    })
    expect(audited({ train, test }, 'prompts-near').counts.found).toBe(0)
  })

  it('finds a prompt with a word changed as near, with its similarity; not above the threshold', () => {
    // 19 words have 15 5-grams; the first word stands in one of them: 14 / 16.
    const test = [...clean, exampleOf('s3', 'Focus', LONG.replace('Tell', 'Show'))]
    expect(audited({ train, test }, 'prompts-near')).toMatchObject({
      verdict: 'leak',
      threshold: 0.6,
      counts: { of: 3, found: 1 },
      examples: [{ id: 's3', of: 't2', similarity: 0.875 }],
    })
    expect(audited({ train, test }, 'prompts-exact').counts.found).toBe(0)
    expect(audited({ train, test, nearDuplicates: 0.9 }, 'prompts-near').verdict).toBe('ok')
  })

  it('takes blank prompts for no evidence', () => {
    const blank = (id: string): Example => exampleOf(id, 'Math', ' \n')
    expect(audited({ train: [blank('a')], test: [blank('b')] }, 'prompts-exact').verdict).toBe('ok')
  })

  it('finds divided siblings, and not an example that is its own', () => {
    const test = [
      ...clean,
      exampleOf('tied:1', 'Ties', 'Name an odd number.'),
      exampleOf('tied:2', 'Ties', 'Name a day.'),
    ]
    expect(audited({ train, test }, 'siblings-divided')).toMatchObject({
      verdict: 'leak',
      counts: { of: 4, found: 1 },
      examples: [{ id: 'tied:1', of: 'ref:1' }],
    })
    expect(audited({ train, test: train }, 'siblings-divided').verdict).toBe('ok')
  })
})

describe('responses on both sides', () => {
  const withResponses = (id: string, ...texts: readonly string[]): Example => ({
    ...exampleOf(id, 'Safety', `Question ${id}`),
    responses: texts.map((text) => ({ text })),
  })
  const sides = {
    train: [withResponses('t', 'I am sorry, but I cannot help with that at all.', 'Yes.', 'a b c d e f g h i j')],
    test: [
      withResponses('s', 'I am sorry, but I  cannot help with THAT at all.', 'Yes.', 'a b c d e f g h i k'),
      withResponses('u', 'Something else that nobody wrote before.', 'No.'),
    ],
  }

  it('warns of the same one and of nearly the same one, and counts short ones apart', () => {
    const report = auditSplit(sides)
    expect(findingOf(report, 'responses-exact')).toMatchObject({
      verdict: 'warning',
      counts: { of: 3, found: 1, short: 2 },
      examples: [{ id: 's', of: 't' }],
    })
    // 6 5-grams each, 5 shared: 5 / 7.
    expect(findingOf(report, 'responses-near')).toMatchObject({
      verdict: 'warning',
      counts: { of: 3, found: 1, short: 2 },
      examples: [{ id: 's', of: 't', similarity: 0.714 }],
    })
    expect(report.verdict).toBe('warning')
  })
})

describe('pairs', () => {
  const pairs = pairsOf(train)

  it('finds pairs made of a test example, or of its prompt', () => {
    const test = [...clean, exampleOf('t1', 'Math', 'Reworded?'), exampleOf('s9', 'Ties', 'NAME a prime number.')]
    expect(audited({ train, test, pairs: { train: pairs, validation: [] } }, 'pairs-on-test-side')).toMatchObject({
      verdict: 'leak',
      counts: { of: 3, found: 2 },
      examples: [
        { id: 'responses:t1:0>1', of: 't1' },
        { id: 'responses:ref:1:0>1', of: 's9' },
      ],
    })
    expect(
      audited({ train, test: clean, pairs: { train: pairs, validation: pairs } }, 'pairs-on-test-side').verdict,
    ).toBe('ok')
  })

  it('finds a validation pair whose prompt or sibling is trained on', () => {
    const others = pairsOf([exampleOf('x', 'Math', 'what is 2 + 2?'), exampleOf('tied:1', 'Ties', 'y?'), clean[0]!])
    expect(
      audited({ train, test: [], pairs: { train: pairs, validation: others } }, 'pairs-shared-prompts'),
    ).toMatchObject({
      verdict: 'leak',
      counts: { of: 3, found: 2 },
      bySubset: { Math: { of: 2, found: 1 }, Ties: { of: 1, found: 1 } },
      examples: [
        { id: 'responses:x:0>1', of: 'responses:t1:0>1' },
        { id: 'responses:tied:1:0>1', of: 'responses:ref:1:0>1' },
      ],
    })
  })

  it('names a subset with more than one and a half times its share', () => {
    // Ties: 1 of 3 examples, 4 of 6 pairs. Math: 1 of 3 and 1 of 6.
    const many = { ...train[2]!, responses: ['a', 'b', 'c', 'd', 'e'].map((text) => ({ text })) }
    const examples = [train[0]!, train[1]!, many]
    const sides = { train: pairsOf(examples), validation: [] }
    expect(audited({ train: examples, test: [], pairs: sides }, 'subset-shares')).toMatchObject({
      verdict: 'warning',
      summary: 'Ties is 33.3 % of the training examples and 66.7 % of the training pairs',
      counts: { subsets: 3, found: 1 },
      bySubset: { Ties: { examples: 1, pairs: 4 } },
      threshold: 1.5,
    })
    expect(audited({ train, test: [], pairs: { train: pairs, validation: [] } }, 'subset-shares').verdict).toBe('ok')
  })
})

describe('what a judge gains without judging', () => {
  /** 40 examples of two responses; the first `firsts` have the chosen one first, the first `longers` the longer chosen. */
  const examples = (firsts: number, longers: number): Example[] =>
    Array.from({ length: 40 }, (_, at) => {
      const chosen = at < firsts ? 0 : 1
      const texts = at < longers ? ['long enough', 'short'] : ['short', 'long enough']
      return {
        ...exampleOf(`e${at}`, 'Math', `Question ${at}`),
        responses: (chosen === 0 ? texts : texts.toReversed()).map((text) => ({ text })),
        chosen: [chosen],
      }
    })

  it('warns of the place of the chosen response where only one order is judged', () => {
    // Fair: 20 of 40. Three standard errors are 3 · 0.5 / sqrt(40) = 0.237: 29 of 40 is within, 30 of 40 is beyond.
    const balance = (firsts: number, orders: 'both' | 'first') =>
      audited({ train: [], test: examples(firsts, 20), orders }, 'label-balance')
    expect(balance(29, 'first').verdict).toBe('ok')
    expect(balance(30, 'first')).toMatchObject({
      verdict: 'warning',
      summary: 'the chosen response stands first in 75 % of 40 in Math',
      bySubset: { Math: { of: 40, more: 30, equal: 0 } },
    })
    expect(balance(10, 'first').verdict).toBe('warning')
    expect(balance(40, 'both').verdict).toBe('ok')
  })

  it('warns of the length of the chosen response, of comparisons and of pairs', () => {
    const test = examples(20, 35)
    const warned = {
      verdict: 'warning',
      summary: 'the chosen response is longer in 88 % of 40 in Math',
      bySubset: { Math: { of: 40, more: 35, equal: 0 } },
    }
    expect(audited({ train: [], test }, 'length-balance')).toMatchObject(warned)
    const sides = { train: pairsOf(test), validation: [] }
    expect(audited({ train: test, test: [], pairs: sides }, 'pairs-length-balance')).toMatchObject(warned)
    expect(audited({ train: [], test: examples(20, 20) }, 'length-balance').verdict).toBe('ok')
  })

  it('looks at the comparisons that are judged, where they are given', () => {
    const [first] = examples(20, 35)
    const finding = audited({ train: [], test: [first!], comparisons: [comparisonOf(first!, 0, 1)] }, 'length-balance')
    expect(finding.bySubset).toEqual({ Math: { of: 1, more: 1, equal: 0 } })
    expect(finding.verdict).toBe('ok')
  })
})

describe('auditSplit', () => {
  it('says what it could not check, and why', () => {
    const report = auditSplit({ train: [], test: clean })
    expect(report.pairs).toBeNull()
    expect(report.findings.map(({ name }) => name)).toEqual(['label-balance', 'length-balance'])
    expect(report.notChecked).toHaveLength(9)
    expect(report.notChecked).toContainEqual({ name: 'prompts-exact', reason: 'there is no training side' })
    expect(report.notChecked).toContainEqual({ name: 'subset-shares', reason: 'there are no preference pairs' })
  })

  it('has the same findings in the same order for the same data, and can be written as JSON', () => {
    const input = { train, test: clean, pairs: { train: pairsOf(train), validation: pairsOf(clean) } }
    const report = auditSplit(input)
    expect(auditSplit(input)).toEqual(report)
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })
})

describe('the published split of the built-in benchmark', () => {
  let benchmark: Benchmark
  let report: AuditReport

  beforeAll(async () => {
    benchmark = await loadBenchmark({ source: 'builtin' }, projectAt(ROOT))
    const split = splitBenchmark(benchmark, { method: 'together-2026', seed: 42, trainSize: 1500, testSize: 300 })
    const sides = { train: examplesOn('train', benchmark, split), test: examplesOn('test', benchmark, split) }
    report = auditSplit({ ...sides, pairs: shuffledSides(pairsOf(sides.train), 2) })
  })

  it('has 434 of 440 validation pairs outside Ties that share their prompt with training pairs', () => {
    expect(report.sides).toEqual({ train: 1498, test: 297 })
    expect(report.pairs).toEqual({ train: 4866, validation: 541 })
    const { verdict, counts, bySubset } = findingOf(report, 'pairs-shared-prompts')
    expect(verdict).toBe('leak')
    const { of, found } = bySubset.Ties as { of: number; found: number }
    expect([counts.of! - of, counts.found! - found]).toEqual([440, 434])
  })

  it('has Ties as 5 % of the examples and 21 % of the pairs', () => {
    const { verdict, bySubset } = findingOf(report, 'subset-shares')
    expect(verdict).toBe('warning')
    // 82 of 1,498 examples are 5.5 %, 1,058 of 4,866 pairs 21.7 %: the published numbers.
    expect(bySubset.Ties).toEqual({ examples: 82, pairs: 1058 })
  })

  it('divides siblings, and repeats no prompt', () => {
    expect(findingOf(report, 'siblings-divided').verdict).toBe('leak')
    expect(findingOf(report, 'prompts-exact').verdict).toBe('ok')
    expect(findingOf(report, 'prompts-near').verdict).toBe('ok')
  })

  it('has no leak when examples and pairs are grouped', () => {
    const split = splitBenchmark(benchmark, { method: 'grouped', seed: 42, testSize: 300 })
    const validated = splitBenchmark(benchmark, { method: 'grouped', seed: 42, testSize: 500, trainSize: 1300 })
    const trained = examplesOn('train', benchmark, validated)
    const held = examplesOn('test', benchmark, validated)
    const pairs = { train: pairsOf(trained), validation: pairsOf(held) }
    expect(audited({ train: [], test: [], pairs }, 'pairs-shared-prompts').counts.found).toBe(0)
    const sides = { train: examplesOn('train', benchmark, split), test: examplesOn('test', benchmark, split) }
    expect(auditSplit(sides).verdict).toBe('warning')
  })
})
