import type { AuditCase, AuditedCase, AuditFinding, AuditVerdict } from './audit-report.js'

/** One thing that was looked at, and what it repeats where it repeats something. */
export interface Looked {
  readonly subset: string
  readonly case?: AuditCase | undefined
}

/** How many cases of each kind an audit's report names; it counts them all, and gives them all to `onCase`. */
export const AUDIT_CASES = 10

/** What a check found, and every case behind it. */
export interface Checked {
  readonly finding: AuditFinding
  readonly cases: readonly AuditedCase[]
}

/** A finding that no cases stand behind. */
export function withoutCases(finding: AuditFinding): Checked {
  return { finding, cases: [] }
}

/**
 * A finding that counts cases among what was looked at: `bad` as soon as there is one.
 *
 * @param options.sentence what follows the two numbers, as in `3 of 297 test examples ask …`
 */
export function caseFinding(
  looked: readonly Looked[],
  options: {
    readonly name: AuditFinding['name']
    readonly bad: Exclude<AuditVerdict, 'ok'>
    readonly sentence: string
    readonly threshold?: number | undefined
    /** More counts, for the record. */
    readonly counts?: Readonly<Record<string, number>> | undefined
  },
): Checked {
  const cases = looked.flatMap(({ subset, case: held }) =>
    held === undefined ? [] : [{ check: options.name, subset, ...held }],
  )
  const bySubset: Record<string, { of: number; found: number }> = {}
  for (const { subset, case: held } of looked) {
    bySubset[subset] ??= { of: 0, found: 0 }
    bySubset[subset].of += 1
    if (held !== undefined) bySubset[subset].found += 1
  }
  const finding: AuditFinding = {
    name: options.name,
    verdict: cases.length === 0 ? 'ok' : options.bad,
    summary: `${cases.length} of ${looked.length} ${options.sentence}`,
    counts: { of: looked.length, found: cases.length, ...options.counts },
    bySubset,
    threshold: options.threshold ?? null,
    examples: cases.slice(0, AUDIT_CASES).map(({ check: _check, subset: _subset, ...held }) => held),
  }
  return { finding, cases }
}
