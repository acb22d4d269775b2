import { type AblationArm, type AblationCount, type AblationResult, armLabel } from '@judgelab/analysis'
import { capital } from './sentence-list.js'

/** How many arms are spoken of one by one. */
const MOST_ARMS = 4

/** Ties or failures are excluded, and no comparison is left that every run decided. */
const NOTHING_COUNTS = 'no comparison counts for every run, and nothing can be said.'

/** What is said of one arm, without its name; and of all together, where there are too many to go through. */
export interface ArmWords {
  readonly ofArm: (arm: AblationArm) => string
  readonly ofAll: () => string
}

/** One sentence for all arms that say the same, else one an arm, which it names; of too many arms what they say together. */
export function overArms(ablation: AblationResult, { ofArm, ofAll }: ArmWords): string[] {
  const words = ablation.arms.map((arm) => (arm.n === 0 ? NOTHING_COUNTS : ofArm(arm)))
  if (new Set(words).size === 1) return [capital(words[0] as string)]
  if (words.length > MOST_ARMS) return [capital(ofAll())]
  return ablation.arms.map((arm, at) => capital(`with ${armLabel(ablation, arm)}: ${words[at]}`))
}

/** The numbers of pairs on which an arm was tuned. */
export function tunedCounts({ counts }: AblationArm): readonly AblationCount[] {
  return counts.filter(({ pairs }) => pairs > 0)
}
