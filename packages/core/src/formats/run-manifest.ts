import type { JudgeSpec } from './judge.js'
import type { TokenPrices } from './prices.js'
import type { RunEndpoint } from './run-endpoint.js'
import type { Engine } from './study-judge.js'

/** The software that a run was made with: versions by name. */
export type Software = Readonly<Record<string, string>>

/** The commit that a run was made from, null outside a checkout. */
export type GitState = { readonly commit: string; readonly dirty: boolean } | null

/** A later start of a run, which asked for what was still missing: judgments from `at` on are its own. */
export interface Resumption {
  readonly at: string
  readonly git: GitState
  readonly software: Software
}

/**
 * What a run was: everything one wishes one had written down. `manifest.json` beside the judgment log.
 *
 * Studies that ask the same of the same judge share a run. Its manifest is written by the one that asked first and stays
 * as it is: only `resumed` and the endpoint's sessions grow, `stopping` is added where a later one stops early, and
 * `completedAt` is filled in.
 */
export interface RunManifest {
  readonly formatVersion: 1
  readonly runId: string
  /** The study that asked first. */
  readonly study: string
  /** What makes the judge this judge; `name` is its name in the study that asked first. */
  readonly judge: JudgeSpec & { readonly id: string; readonly name: string }
  /** SHA-256 of the judging prompt's text, null where there is no prompt. */
  readonly promptSha256: string | null
  readonly dataset: {
    readonly name: string
    readonly fingerprint: string
    readonly synthetic: boolean
    readonly examples: number
  }
  readonly split: {
    readonly method: string
    readonly side: string
    readonly seed: number | null
    readonly fingerprint: string
  } | null
  /**
   * What the model's tokens cost when the run began, and who says so; absent where nothing is paid, where it is paid by the
   * minute, or where nobody says.
   */
  readonly prices?: (TokenPrices & { readonly source: string }) | undefined
  /** The dedicated endpoint that was asked; absent where the model was asked by its name. */
  readonly endpoint?: RunEndpoint | undefined
  /** How the calls were made; absent means one by one. */
  readonly engine?: Engine | undefined
  /**
   * The two judges, by their names in the study, that were asked until an anytime-valid test told them apart: what they said
   * decided how much this run judged, so that no interval or test for a fixed n holds over it. Absent elsewhere.
   */
  readonly stopping?: { readonly judge: string; readonly against: string } | undefined
  /** How many presentations, and the digest of their ids in order. */
  readonly presentations: { readonly count: number; readonly sha256: string }
  readonly seed: number | null
  /** True when the answers came from the emulator. */
  readonly rehearsed: boolean
  /** Of the first start, as `git` and `startedAt` are. */
  readonly software: Software
  readonly git: GitState
  readonly startedAt: string
  /** Later starts, in order; absent where there was none. */
  readonly resumed?: readonly Resumption[] | undefined
  /** Null while judgments are missing. */
  readonly completedAt: string | null
}
