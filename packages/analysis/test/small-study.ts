import {
  allComparisons,
  type Comparison,
  createNumpyRandom,
  type Example,
  type Judgment,
  parseStudy,
  presentationOf,
  type Study,
} from '@judgelab/core'
import { benchmarkOf, type Split } from '@judgelab/datasets'
import { verdictsOf } from '@judgelab/scoring'
import type { Judged, StudyEvidence } from '../src/index.js'

const STUDY = `
version: 1
name: small
title: A small study
question: Does it count right?
benchmark: { source: builtin }
split: { method: together-2026 }
evaluation: { side: test, comparisons: all, ties: wrong, failures: wrong }
judges:
  - { name: base, label: Base, provider: local, model: linear }
  - { name: longer, label: Longer, provider: local, model: longer, control: true }
pairs: {}
tuning: [{ name: base+dpo, label: Base + DPO, base: base, learningRate: 1 }]
contrasts:
  - { judge: base+dpo, against: base }
  - { judge: base, against: longer }
statistics: { resamples: 200 }
`

/** Six examples in three subsets; the last two, of Ties, have two chosen responses each. Three are on the test side. */
export const EXAMPLES: readonly Example[] = ['Math', 'Math', 'Safety', 'Safety', 'Ties', 'Ties'].map((subset, at) => ({
  v: 1,
  id: `e${at}`,
  subset,
  prompt: `Question ${at}`,
  responses: (subset === 'Ties' ? ['right', 'right too', 'wrong'] : ['right', 'wrong']).map((text) => ({ text })),
  chosen: subset === 'Ties' ? [0, 1] : [0],
  metadata: {},
}))

/** Slots that a judge named, first pass and swapped one, for each comparison in turn. */
export type Passes = readonly (readonly [Named, Named])[]
type Named = 0 | 1 | 'tie' | 'failed'

function judgmentsOf(comparisons: readonly Comparison[], passes: Passes): Judgment[] {
  return comparisons.flatMap(({ id: comparisonId, exampleId, chosen, rejected }, at) =>
    [
      [chosen, rejected],
      [rejected, chosen],
    ].map((slots, pass): Judgment => {
      const named = (passes[at] as Passes[number])[pass] as Named
      const { id: presentationId, ...rest } = presentationOf({
        exampleId,
        comparisonId,
        mode: 'pairwise',
        slots,
        repeat: 0,
      })
      const outcome =
        named === 'failed' ? ({ kind: 'failed', reason: 'refused' } as const) : { kind: 'choice' as const, slot: named }
      return { v: 1, presentationId, ...rest, outcome, latencyMs: 1, at: '2026-11-22T00:00:00Z' }
    }),
  )
}

/** The evidence of the small study; what each judge said is given by the slots that it named. */
export function smallStudy(said: Readonly<Record<'base' | 'longer' | 'base+dpo', Passes>>): StudyEvidence {
  const study: Study = parseStudy(STUDY, 'studies/small.yaml')
  const benchmark = benchmarkOf({
    name: 'small',
    synthetic: true,
    examples: EXAMPLES,
    about: 'Six synthetic examples.',
  })
  const split: Split = {
    formatVersion: 1,
    method: 'together-2026',
    seed: 42,
    parameters: { trainSize: 3, testSize: 3 },
    dataset: benchmark.fingerprint,
    train: ['e0', 'e2', 'e5'],
    test: ['e1', 'e3', 'e4'],
  }
  const comparisons = split.test.flatMap((id) => allComparisons(EXAMPLES.find((example) => example.id === id)!))
  const judged = (
    [
      ['base', 'baseline'],
      ['longer', 'control'],
      ['base+dpo', 'tuned'],
    ] as const
  ).map(([name, kind]): Judged => {
    const judgments = judgmentsOf(comparisons, said[name])
    return {
      name,
      label: name,
      kind,
      runId: `run of ${name}`,
      judgments,
      asked: {},
      verdicts: verdictsOf(comparisons, judgments, study.evaluation.rule),
    }
  })
  return {
    study,
    file: { path: 'studies/small.yaml', sha256: '0'.repeat(64) },
    benchmark,
    split,
    comparisons,
    judged,
    pairs: null,
    tuning: [],
    sureness: { level: 0.95, resamples: 200, newRandom: () => createNumpyRandom(42).randomSample },
  }
}
