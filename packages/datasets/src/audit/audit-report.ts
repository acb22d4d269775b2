/** What a check says: nothing to see, something to know before believing a number, or knowledge of the test side in training. */
export type AuditVerdict = 'ok' | 'warning' | 'leak'

export const AUDIT_CHECKS = [
  'prompts-exact',
  'prompts-near',
  'siblings-divided',
  'responses-exact',
  'responses-near',
  'pairs-on-test-side',
  'pairs-shared-prompts',
  'subset-shares',
  'label-balance',
  'length-balance',
  'pairs-length-balance',
] as const
/** The checks, in the order in which a report lists them. */
export type AuditCheck = (typeof AUDIT_CHECKS)[number]

/** An example (or pair) that a finding is about, by id; what it was found to repeat; and how alike the two are. */
export interface AuditCase {
  readonly id: string
  readonly of?: string | undefined
  readonly similarity?: number | undefined
}

/** A case with the check that found it and the subset that it is counted in: a line of `audit-cases.jsonl`. */
export interface AuditedCase extends AuditCase {
  readonly check: AuditCheck
  readonly subset: string
}

/** What one check found. */
export interface AuditFinding {
  readonly name: AuditCheck
  readonly verdict: AuditVerdict
  /** One sentence, with the numbers. */
  readonly summary: string
  readonly counts: Readonly<Record<string, number>>
  /** The counts of each subset that has any, in order of first appearance. */
  readonly bySubset: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Where the verdict turns; null where a single case does. */
  readonly threshold: number | null
  /** The first ten cases. */
  readonly examples: readonly AuditCase[]
}

/** What an audit found. */
export interface AuditReport {
  readonly formatVersion: 1
  /** The worst verdict of all findings. */
  readonly verdict: AuditVerdict
  /** Examples on each side. */
  readonly sides: { readonly train: number; readonly test: number }
  readonly pairs: { readonly train: number; readonly validation: number } | null
  /** Jaccard similarity of word 5-grams from which texts count as near duplicates. */
  readonly nearDuplicates: number
  readonly findings: readonly AuditFinding[]
  /** Checks that these data do not allow: no finding is not the same as nothing found. */
  readonly notChecked: readonly { readonly name: AuditCheck; readonly reason: string }[]
}

/** The worst of some verdicts. */
export function worstVerdict(verdicts: readonly AuditVerdict[]): AuditVerdict {
  if (verdicts.includes('leak')) return 'leak'
  return verdicts.includes('warning') ? 'warning' : 'ok'
}
