import type { AuditCase, AuditFinding, AuditVerdict } from './audit-report.js'

/** One thing that was looked at, and what it repeats where it repeats something. */
export interface Looked {
  readonly subset: string
  readonly case?: AuditCase | undefined
}

/** How many cases of each kind an audit names; it counts them all. */
export const AUDIT_CASES = 10

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
): AuditFinding {
  const found = looked.flatMap((item) => item.case ?? [])
  const bySubset: Record<string, { of: number; found: number }> = {}
  for (const { subset, case: held } of looked) {
    bySubset[subset] ??= { of: 0, found: 0 }
    bySubset[subset].of += 1
    if (held !== undefined) bySubset[subset].found += 1
  }
  return {
    name: options.name,
    verdict: found.length === 0 ? 'ok' : options.bad,
    summary: `${found.length} of ${looked.length} ${options.sentence}`,
    counts: { of: looked.length, found: found.length, ...options.counts },
    bySubset,
    threshold: options.threshold ?? null,
    examples: found.slice(0, AUDIT_CASES),
  }
}
