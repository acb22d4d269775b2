import type { StudyPairs } from '@judgelab/core'
import type { PairCleaning } from '../checks/clean-pairs.js'
import type { LabelNoise } from '../checks/label-noise.js'
import type { LeakReport } from '../checks/leaks.js'
import type { CritiqueCounts } from '../pairs/critiques.js'
import type { SpreadPairs } from '../pairs/spread-pairs.js'
import type { PairSummary } from './pair-tally.js'

/** One file of pairs. */
export interface PairFile {
  /** Relative to the card. */
  readonly file: string
  readonly pairs: number
  /** Of its bytes, as `sha256sum` prints it. */
  readonly sha256: string
}

/** What somebody needs to know before training on some pairs: `card.json`. */
export interface DataCard {
  readonly formatVersion: 1
  readonly study: string
  /** What made the pairs, to be typed again. */
  readonly command: string
  readonly benchmark: { readonly name: string; readonly synthetic: boolean; readonly fingerprint: string }
  readonly split: { readonly method: string; readonly seed: number | null; readonly fingerprint: string }
  readonly asked: StudyPairs
  /** Pairs that the strategies gave, before anything was left out. */
  readonly built: number
  readonly summary: PairSummary
  readonly cleaning: PairCleaning
  readonly leaks: LeakReport
  readonly spread: SpreadPairs['dropped']
  /** Null where no critiques were asked for. */
  readonly critiques: CritiqueCounts | null
  readonly noise: LabelNoise
  /** Validation pairs that share their prompt with training pairs. */
  readonly sharedPrompts: number
  readonly fingerprint: string
  readonly files: readonly PairFile[]
}
