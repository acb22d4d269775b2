import type { JudgeSpec } from './judge.js'

/** What a run was: everything one wishes one had written down. `manifest.json` beside the judgment log. */
export interface RunManifest {
  readonly formatVersion: 1
  readonly runId: string
  readonly study: string
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
  /** How many presentations, and the digest of their ids in order. */
  readonly presentations: { readonly count: number; readonly sha256: string }
  readonly seed: number | null
  /** True when the answers came from the emulator. */
  readonly rehearsed: boolean
  readonly software: Readonly<Record<string, string>>
  readonly git: { readonly commit: string; readonly dirty: boolean } | null
  readonly startedAt: string
  /** Null while judgments are missing. */
  readonly completedAt: string | null
}
