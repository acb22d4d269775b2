import type { Comparison, Judgment, Rule, StudyEvaluation } from '@judgelab/core'
import { type Asked, creditOf, verdictOf } from '@judgelab/scoring'
import { proportionInterval } from '@judgelab/stats'

/** Agreement with the labels while a run goes on: of the comparisons whose judgments are all there. */
export interface AgreementSoFar {
  /** Counts one judgment; the work does not grow with their number. */
  readonly add: (judgment: Judgment) => void
  /** `agrees on 62.6 % [57.0, 67.9] of 286`; nothing while nothing counts. */
  readonly text: () => string
}

/**
 * Watches a run's judgments as they come. A comparison counts when every presentation that it needs has its judgment;
 * the interval is Wilson's, and of a run that is looked at while it goes on: good for watching, not for stopping.
 */
export function agreementSoFar(
  comparisons: readonly Comparison[],
  needed: (comparison: Comparison) => readonly string[],
  {
    rule,
    ties,
    failures,
    asked,
  }: Pick<StudyEvaluation, 'ties' | 'failures'> & { readonly rule: Rule; readonly asked: Asked },
): AgreementSoFar {
  const missing = new Map<string, number>()
  const waiting = new Map<string, Comparison[]>()
  for (const comparison of comparisons) {
    const ids = needed(comparison)
    missing.set(comparison.id, ids.length)
    for (const id of ids) waiting.set(id, [...(waiting.get(id) ?? []), comparison])
  }
  const held = new Map<string, Judgment[]>()
  let [n, credit] = [0, 0]
  const settle = (comparison: Comparison): void => {
    const earned = creditOf(verdictOf(comparison, held.get(comparison.id) ?? [], rule, asked), { ties, failures })
    held.delete(comparison.id)
    if (earned === null) return
    n++
    credit += earned
  }
  return {
    add: (judgment) => {
      for (const comparison of waiting.get(judgment.presentationId) ?? []) {
        held.set(comparison.id, [...(held.get(comparison.id) ?? []), judgment])
        const left = (missing.get(comparison.id) as number) - 1
        missing.set(comparison.id, left)
        if (left === 0) settle(comparison)
      }
      waiting.delete(judgment.presentationId)
    },
    text: () => (n === 0 ? '' : `agrees on ${percentText(credit, n)} of ${n}`),
  }
}

function percentText(credit: number, n: number): string {
  const percent = (value: number): string => (100 * value).toFixed(1)
  if (!Number.isInteger(credit)) return `${percent(credit / n)} %`
  const { value, low, high } = proportionInterval(credit, n, { method: 'wilson' })
  return `${percent(value)} % [${percent(low)}, ${percent(high)}]`
}
