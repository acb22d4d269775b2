import { type Comparison, type Example, finish, firstComparison, type Orders, type Steps } from '@judgelab/core'
import {
  AUDIT_CHECKS,
  type AuditCheck,
  type AuditedCase,
  type AuditFinding,
  type AuditReport,
  worstVerdict,
} from './audit-report.js'
import { labelBalance, lengthBalance, pairsLengthBalance } from './balance-checks.js'
import { type AuditedPairs, pairsOnTestSide, sharedPairPrompts, subsetShares } from './pair-checks.js'
import { dividedSiblings, exactPrompts, nearPrompts } from './prompt-checks.js'
import { repeatedResponses } from './response-checks.js'
import { type Checked, withoutCases } from './tally.js'

/** What is audited. */
export interface AuditInput {
  /** Examples that training may see; empty where nothing is learned. */
  readonly train: readonly Example[]
  /** Examples that are judged. */
  readonly test: readonly Example[]
  readonly pairs?: AuditedPairs | null | undefined
  /** What is judged of the test examples; defaults to `chosen[0]` against `rejected[0]` of each. */
  readonly comparisons?: readonly Comparison[] | undefined
  /** Which orders of a comparison are judged; defaults to both. */
  readonly orders?: Orders | undefined
  /** Jaccard similarity of word 5-grams from which texts count as near duplicates, in (0, 1]; defaults to 0.6. */
  readonly nearDuplicates?: number | undefined
  /** Given every case, check by check; the report names the first ten of each. */
  readonly onCase?: ((found: AuditedCase) => void) | undefined
  /** Told before each group of checks, and at the end. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/**
 * Looks for what would make a result on the test side look better than it is: prompts, siblings and responses that stand on
 * both sides, pairs made of what is tested or divided within a prompt; and for what a judge can gain without judging: the
 * place and the length of the chosen response, and subsets that weigh more in training than they should.
 */
export function auditSplit(input: AuditInput): AuditReport {
  return finish(auditSteps(input))
}

/** The same, a text at a time where texts are compared. */
export function* auditSteps(input: AuditInput): Steps<AuditReport> {
  const { train, test, orders = 'both', nearDuplicates: threshold = 0.6 } = input
  const comparisons = input.comparisons ?? test.flatMap((example) => firstComparison(example) ?? [])
  const pairs = input.pairs ?? null
  const checks: (() => readonly Checked[] | Steps<readonly Checked[]>)[] = []
  if (train.length > 0) {
    checks.push(
      () => [exactPrompts(input)],
      () => nearPrompts(input, threshold),
      () => [dividedSiblings(input)],
      () => repeatedResponses(input, threshold),
    )
  }
  if (pairs !== null) {
    checks.push(
      () => [pairsOnTestSide(pairs, test)],
      () => [sharedPairPrompts(pairs)],
      () => [withoutCases(subsetShares(pairs, train))],
    )
  }
  checks.push(() => [labelBalance(comparisons, orders), lengthBalance(comparisons, test)].map(withoutCases))
  if (pairs !== null) checks.push(() => [withoutCases(pairsLengthBalance(pairs.train))])
  const findings: AuditFinding[] = []
  for (const [done, check] of checks.entries()) {
    input.onProgress?.(done, checks.length)
    yield
    const checked = check()
    for (const { finding, cases } of 'next' in checked ? yield* checked : checked) {
      for (const found of cases) input.onCase?.(found)
      findings.push(finding)
    }
  }
  input.onProgress?.(checks.length, checks.length)
  const checked = new Set(findings.map(({ name }) => name))
  return {
    formatVersion: 1,
    verdict: worstVerdict(findings.map(({ verdict }) => verdict)),
    sides: { train: train.length, test: test.length },
    pairs: pairs && { train: pairs.train.length, validation: pairs.validation.length },
    nearDuplicates: threshold,
    findings,
    notChecked: AUDIT_CHECKS.filter((name) => !checked.has(name)).map((name) => ({ name, reason: reasonFor(name) })),
  }
}

function reasonFor(name: AuditCheck): string {
  return name.startsWith('pairs-') || name === 'subset-shares'
    ? 'there are no preference pairs'
    : 'there is no training side'
}
