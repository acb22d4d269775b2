import { type ClaimResult, claimLabel, levelText, sourceWords } from '@judgelab/analysis'
import { type AccuracyRow, accuracyChart } from '../charts/accuracy-chart.js'
import { pairingChart } from '../charts/pairing-chart.js'
import type { VegaLiteSpec } from '../charts/vega-lite-spec.js'
import { counted } from '../sentences/counted.js'

/** Accuracy of every judge of a claim with its interval; of a judge with several counts to choose from, the middle one. */
export function claimAccuracyFigure(result: ClaimResult): VegaLiteSpec {
  const rows = result.judges.flatMap(({ name, label, accuracy }): AccuracyRow[] => {
    if (accuracy === null) return []
    const { value, low, high } = accuracy
    const base = name.replace(/\+dpo$/, '')
    const kind = base === name ? 'baseline' : 'tuned'
    return [{ judge: base, label, kind, accuracy: (value.min + value.max) / 2, low, high, n: result.n }]
  })
  const best = rows.toSorted((a, b) => b.accuracy - a.accuracy)[0]
  return accuracyChart(rows, {
    finding: `Published accuracy on ${counted(result.n, 'comparison')}, each with the interval that so many comparisons give. ${best === undefined ? '' : overlapWords(rows, best)}${sourceWords(result)}`,
    head: `% [${levelText(result.level)} interval]`,
  })
}

function overlapWords(rows: readonly AccuracyRow[], best: AccuracyRow): string {
  const near = rows.filter((row) => row !== best && row.high >= best.accuracy)
  if (near.length === 0) return `No other judge’s interval holds the rate of ${best.label}.`
  return `The ${near.length === 1 ? 'interval of 1 other judge holds' : `intervals of ${near.length} other judges hold`} the rate of ${best.label}; whether two differ is a question of their paired answers.`
}

/** p over the discordant comparisons that fit, a line for each contrast whose counts are known. */
export function claimPairingFigure(result: ClaimResult): VegaLiteSpec {
  const rows = result.contrasts.map(({ judge, against, curve }) => ({
    label: `${claimLabel(result, judge)} − ${claimLabel(result, against)}`,
    points: curve,
  }))
  return pairingChart(rows, { finding: pairingFinding(result), n: result.n, alpha: result.alpha })
}

function pairingFinding(result: ClaimResult): string {
  const { contrasts, alpha } = result
  const count = (significant: string): number => contrasts.filter((held) => held.significant === significant).length
  return `Each line covers every paired table that fits what is printed. Of ${counted(contrasts.length, 'comparison')}, ${count('always')} ${count('always') === 1 ? 'stays' : 'stay'} below ${alpha} throughout, ${count('depends')} ${count('depends') === 1 ? 'crosses' : 'cross'} it, and ${count('never')} never ${count('never') === 1 ? 'reaches' : 'reach'} it. p below 0.0001 is drawn there.${sourceWords(result)}`
}
