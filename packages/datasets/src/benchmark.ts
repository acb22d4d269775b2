import { createHash } from 'node:crypto'
import { canonicalJson, type Example } from '@judgelab/core'
import type { DataReport } from './validation/problem.js'

/** Where a downloaded benchmark is from: enough to fetch the same bytes again. */
export interface Origin {
  /** `owner/name` on the Hub. */
  readonly repository: string
  /** The commit that the asked-for revision was. */
  readonly revision: string
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
}

/** A loaded benchmark: validated examples and the fingerprint that ties every later number to exactly these data. */
export interface Benchmark {
  readonly name: string
  /** True when nobody wrote these prompts or labels: every table and caption that depends on it says so. */
  readonly synthetic: boolean
  readonly examples: readonly Example[]
  /** Digest over all examples in order, 64 hexadecimal digits. */
  readonly fingerprint: string
  /** One sentence for reports: what it is and where it is from. */
  readonly about: string
  /** What was left out and what is odd; absent where it was not read from its source, but from what a study kept. */
  readonly report?: DataReport | undefined
  readonly origin?: Origin | undefined
}

/** A benchmark's name as a sentence has it: RewardBench 2 and mine.csv are names, the built-in synthetic benchmark is not. */
export function benchmarkWords({ name }: Pick<Benchmark, 'name'>): string {
  return name.endsWith(' benchmark') ? `the ${name}` : name
}

/**
 * A benchmark from its examples.
 *
 * @param taken the fingerprint of these examples, where it was taken as they were read
 * @throws {RangeError} if there are none or an id occurs twice
 */
export function benchmarkOf(fields: Omit<Benchmark, 'fingerprint'>, taken?: string): Benchmark {
  if (fields.examples.length === 0) throw new RangeError(`benchmarkOf needs at least 1 example, got 0 (${fields.name})`)
  const seen = new Set<string>()
  for (const { id } of fields.examples) {
    if (seen.has(id)) throw new RangeError(`benchmarkOf needs ids that occur once, got "${id}" twice (${fields.name})`)
    seen.add(id)
  }
  return { ...fields, fingerprint: taken ?? fingerprintOf(fields.examples) }
}

function fingerprintOf(examples: readonly Example[]): string {
  const taken = createFingerprint()
  for (const example of examples) taken.add(example)
  return taken.fingerprint()
}

/** `digest(examples)` example by example: as one text, a million of them would be longer than a string may be. */
export function createFingerprint(): {
  readonly add: (example: Example) => void
  /** Of all that were added; asked for once. */
  readonly fingerprint: () => string
} {
  const hash = createHash('sha256').update('[')
  let isFirst = true
  return {
    add: (example) => {
      hash.update(`${isFirst ? '' : ','}${canonicalJson(example)}`)
      isFirst = false
    },
    fingerprint: () => hash.update(']').digest('hex'),
  }
}
