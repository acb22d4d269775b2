import { type StudyEvaluation, TIE_POLICIES, type Verdict } from '@judgelab/core'
import type { Policies } from '@judgelab/scoring'
import { minimumDetectableDifference } from '@judgelab/stats'
import type { Sureness } from '../accuracy.js'
import { contrastBySubset, type PairedResult, pairedResult } from '../contrast.js'
import { countFlips, type FlipKind, flipsOf } from '../flips.js'
import type { Judged } from '../judged.js'
import { contrastPower } from '../measures/power.js'
import type { ContrastResult } from './study-results.js'

/** Two judges that are compared, and the second run of the one that is compared with, where there is one. */
export interface ContrastedJudges {
  readonly judge: Judged
  readonly against: Judged
  readonly again?: Judged | undefined
}

/** Two judges on the same comparisons (`repeated`: those that the training side gives away): difference, test, what n could have shown, subsets and flips. */
export function contrastResult(
  { judge, against, again }: ContrastedJudges,
  subsets: readonly string[],
  evaluation: StudyEvaluation,
  repeated: ReadonlySet<string>,
  sureness: Sureness,
): Omit<ContrastResult, 'adjusted'> {
  const { ties, failures } = evaluation
  const under = (policy: StudyEvaluation['ties']): PairedResult =>
    pairedResult(judge.verdicts, against.verdicts, { ties: policy, failures }, sureness)
  const primary = under(ties)
  const flips = flipsOf(against.verdicts, judge.verdicts)
  return {
    judge: judge.name,
    against: against.name,
    runIds: [judge.runId, against.runId],
    primary,
    byTiePolicy: TIE_POLICIES.map(under),
    detectable: detectable(primary, sureness),
    power: contrastPower(primary, sureness.level),
    subsets: contrastBySubset(judge.verdicts, against.verdicts, subsets, { ties, failures }, sureness).map(
      (result) => ({
        ...result,
        detectable: detectable(result, sureness),
        flips: countFlips(flips.filter(({ subset }) => subset === result.subset)),
      }),
    ),
    unrepeated: unrepeatedResult(judge, against, { ties, failures }, repeated, sureness),
    noise: again === undefined ? null : noiseOf(against, again),
    flips: countFlips(flips),
    flipShares: sharesOf(countFlips(flips), flips.length),
    flipped: flips
      .filter(({ kind }) => !kind.startsWith('kept'))
      .map(({ comparisonId, subset, before, after, kind }) => ({ comparisonId, subset, before, after, kind })),
  }
}

/** What flips between two runs of one judge. */
function noiseOf(first: Judged, again: Judged): ContrastResult['noise'] {
  const flips = flipsOf(first.verdicts, again.verdicts)
  return { runId: again.runId, n: flips.length, flips: countFlips(flips) }
}

function sharesOf(counts: Record<FlipKind, number>, total: number): Record<FlipKind, number> {
  return Object.fromEntries(
    Object.entries(counts).map(([kind, count]) => [kind, total === 0 ? 0 : count / total]),
  ) as Record<FlipKind, number>
}

function unrepeatedResult(
  judge: Judged,
  against: Judged,
  policies: Policies,
  repeated: ReadonlySet<string>,
  sureness: Sureness,
): ContrastResult['unrepeated'] {
  if (repeated.size === 0) return null
  const fresh = ({ verdicts }: Judged): Verdict[] => verdicts.filter(({ comparisonId }) => !repeated.has(comparisonId))
  return { repeated: repeated.size, ...pairedResult(fresh(judge), fresh(against), policies, sureness) }
}

const POWER = 0.8

/**
 * The difference that n pairs find with power 0.8 at the study's alpha, 1 − level, if as many are discordant as were;
 * null where nothing says how many, or where the test is not McNemar's, to which the calculation belongs.
 */
function detectable({ table, n, test }: PairedResult, { level }: Sureness): number | null {
  if (test !== 'exact McNemar' || table === null || table.onlyA + table.onlyB === 0) return null
  const discordance = (table.onlyA + table.onlyB) / n
  const alpha = Number((1 - level).toFixed(12))
  const { status, difference } = minimumDetectableDifference({ n, discordance, alpha, power: POWER })
  return status === 'detectable' ? difference : null
}
