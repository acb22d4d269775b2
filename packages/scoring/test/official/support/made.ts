import {
  type Comparison,
  type Example,
  type Judgment,
  type Mode,
  type Outcome,
  presentationOf,
  type Verdict,
  type VerdictResult,
} from '@judgelab/core'
import { combinePasses } from '@judgelab/scoring'

export const FAILED: Outcome = { kind: 'failed', reason: 'unparsed' }

export function choose(slot: number | 'tie', strength?: 'slight' | 'strong'): Outcome {
  return strength === undefined ? { kind: 'choice', slot } : { kind: 'choice', slot, strength }
}

export function rate(value: number): Outcome {
  return { kind: 'rating', value, scale: { min: 1, max: 10 } }
}

/** A verdict of a comparison judged in both orders, known by its passes. */
export function verdictWith(passes: readonly VerdictResult[], subset: string = 'Math'): Verdict {
  return {
    comparisonId: 'ex1:0>1',
    exampleId: 'ex1',
    subset,
    rule: 'consistent',
    result: combinePasses(passes, 'consistent'),
    passes,
    slots: passes.map((pass) => (pass === 'tie' || pass === 'failed' ? pass : 0)),
  }
}

/** An example whose first responses are the chosen ones. */
export function exampleWith(
  id: string,
  subset: string,
  { chosen = 1, rejected = 3 }: { readonly chosen?: number; readonly rejected?: number } = {},
): Example {
  return {
    v: 1,
    id,
    subset,
    prompt: 'p',
    responses: Array.from({ length: chosen + rejected }, (_, at) => ({ text: `answer ${at}` })),
    chosen: Array.from({ length: chosen }, (_, at) => at),
    metadata: {},
  }
}

interface Said {
  readonly mode: Mode
  readonly slots: readonly number[]
  readonly outcome: Outcome
  readonly raw?: string
  readonly repeat?: number
  readonly comparisonId?: string
}

/** A judgment of an example. */
export function judgmentOf(exampleId: string, { mode, slots, outcome, raw, repeat = 0, comparisonId }: Said): Judgment {
  const { id, ...shown } = presentationOf({
    exampleId,
    mode,
    slots,
    repeat,
    ...(comparisonId === undefined ? {} : { comparisonId }),
  })
  return {
    v: 1,
    presentationId: id,
    ...shown,
    outcome,
    ...(raw === undefined ? {} : { raw }),
    latencyMs: 1,
    at: '2026-02-02T12:00:00.000Z',
  }
}

/** A pairwise judgment of a comparison. */
export function gameOf(comparison: Comparison, slots: readonly number[], outcome: Outcome, repeat = 0): Judgment {
  return judgmentOf(comparison.exampleId, { mode: 'pairwise', slots, outcome, repeat, comparisonId: comparison.id })
}
