import type { Judgment } from '@judgelab/core'

/** A judgment of example `ex<n>`, with a text that has characters of one to four bytes. */
export function madeJudgment(n: number): Judgment {
  return {
    v: 1,
    presentationId: `ex${n}|pairwise|0-1#0`,
    exampleId: `ex${n}`,
    comparisonId: `ex${n}:0>1`,
    mode: 'pairwise',
    slots: [0, 1],
    repeat: 0,
    outcome: { kind: 'choice', slot: n % 2 },
    raw: 'a ü € 𝄞 \u2028 [[A]]',
    latencyMs: 1.5,
    at: '2026-02-02T12:00:00.000Z',
  }
}
