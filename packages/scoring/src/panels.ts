import type { StudyPanel, Verdict, VerdictResult } from '@judgelab/core'

/**
 * The verdicts of a panel: for each comparison, what most of its members say. A member that failed has no vote; equally
 * strong answers make a tie; where all failed, the panel failed. With `weighted` a member has as many votes as its weight.
 *
 * @param members the verdicts of each member, over the same comparisons in the same order
 * @throws {RangeError} if there is no member, or members judged different comparisons
 */
export function panelVerdicts(
  members: readonly (readonly Verdict[])[],
  { weights }: Pick<StudyPanel, 'weights'> = {},
): Verdict[] {
  const [first] = members
  if (first === undefined) throw new RangeError('panelVerdicts needs at least 1 member, got 0')
  if (weights !== undefined && weights.length !== members.length)
    throw new RangeError(`panelVerdicts needs a weight a member, got ${weights.length} for ${members.length}`)
  return first.map((verdict, at) => {
    const results = members.map((held) => {
      const other = held[at]
      if (other?.comparisonId !== verdict.comparisonId)
        throw new RangeError(
          `panelVerdicts needs the same comparisons of every member, got ${verdict.comparisonId} and ${other?.comparisonId ?? 'none'}`,
        )
      return other.result
    })
    const result = vote(results, weights)
    const { strong: _, ...of } = verdict
    return { ...of, result, passes: [result], slots: [] }
  })
}

function vote(results: readonly VerdictResult[], weights: readonly number[] | undefined): VerdictResult {
  const votes = new Map<VerdictResult, number>()
  for (const [at, result] of results.entries())
    if (result !== 'failed') votes.set(result, (votes.get(result) ?? 0) + (weights?.[at] ?? 1))
  if (votes.size === 0) return 'failed'
  const most = Math.max(...votes.values())
  const [leader, ...others] = [...votes].filter(([, count]) => most - count < 1e-12).map(([result]) => result)
  return others.length === 0 ? (leader as VerdictResult) : 'tie'
}
