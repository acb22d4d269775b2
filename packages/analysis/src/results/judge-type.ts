import type { ModelRegistry, Study } from '@judgelab/core'
import type { Judged } from '../judged.js'

/**
 * What stands behind a judge: a model whose weights are open, or closed; a policy of this process; a rule that knows
 * nothing; recorded verdicts; several judges; or a model of which the registry says nothing.
 */
export type JudgeType = 'open' | 'closed' | 'local' | 'null baseline' | 'recorded' | 'panel' | 'not known'

/** The type of one judge. What tuning made of a model is open where the model is. */
export function judgeType(
  { name, kind, asks, panel }: Judged,
  { tuning, judges }: Pick<Study, 'tuning' | 'judges'>,
  registry: ModelRegistry | undefined,
): JudgeType {
  if (panel !== undefined) return 'panel'
  if (kind === 'control') return 'null baseline'
  if (asks?.provider === 'local') return 'local'
  if (asks?.provider === 'replay') return 'recorded'
  const base = tuning.find((held) => held.name === name)?.base
  const models = [asks?.model, judges.find((held) => held.name === base)?.model]
  const entry = registry?.models.find((held) => models.some((model) => isCalled(held, model)))
  if (entry === undefined) return 'not known'
  return entry.open ? 'open' : 'closed'
}

function isCalled({ name, aliases = [] }: ModelRegistry['models'][number], model: string | undefined): boolean {
  return model !== undefined && (name === model || aliases.includes(model))
}
