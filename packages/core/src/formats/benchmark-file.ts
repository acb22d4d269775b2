/** What stands beside the examples of a benchmark that a study wrote down. */
export interface BenchmarkFile {
  readonly formatVersion: 1
  readonly name: string
  /** One sentence for reports: what it is and where it is from. */
  readonly about: string
  readonly synthetic: boolean
  /** Digest over all examples in order. */
  readonly fingerprint: string
  /** How many examples it has. */
  readonly examples: number
}
