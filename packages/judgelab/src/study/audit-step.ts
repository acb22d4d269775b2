import { basename } from 'node:path'
import { digest, draftLines, finishBreathing, saveJson } from '@judgelab/core'
import {
  type AuditFinding,
  type AuditInput,
  type AuditReport,
  auditSteps,
  type PrintedExample,
  printedExamples,
  splitFingerprint,
} from '@judgelab/datasets'
import { codeVersion } from './code-version.js'
import { artifact, doStep, type StudyContext } from './context.js'
import { loadOwnJson } from './load-own-json.js'
import type { StudyData } from './prepare.js'

/** The audit of a study, as `artifacts/<study>/audit.json` holds it. */
export interface StudyAuditReport extends AuditReport {
  readonly study: string
  readonly benchmark: { readonly name: string; readonly synthetic: boolean; readonly fingerprint: string }
  readonly split: { readonly method: string; readonly seed: number | null; readonly fingerprint: string }
  /** Which side of the split is judged, and so audited against training. */
  readonly side: 'test' | 'train' | 'all'
  /** The examples that the article prints, where this is its split of its data; else null. */
  readonly printed: readonly PrintedExample[] | null
  /** Every case of every check, one a line, in the file beside this one. */
  readonly cases: { readonly file: string; readonly count: number }
}

/** The similarity from which texts count as near duplicates, where a study does not say. */
const NEAR_DUPLICATES = 0.6

/** The file that an audit is written to. */
export function auditFile(context: StudyContext): string {
  return artifact(context, 'audit.json')
}

/** The file of all its cases. */
export function auditCasesFile(context: StudyContext): string {
  return artifact(context, 'audit-cases.jsonl')
}

/** Audits split and pairs of a study and writes `audit.json` and `audit-cases.jsonl`, unless they stand for the same data. */
export async function auditStep(context: StudyContext, data: StudyData): Promise<StudyAuditReport> {
  const { study } = context.loaded
  const { benchmark, split, pairs } = data
  const file = auditFile(context)
  const nearDuplicates = study.audit?.nearDuplicates ?? NEAR_DUPLICATES
  const side = auditedSide(context, data)
  await doStep(context, {
    name: 'audit',
    title: 'Leakage audit',
    inputs: {
      dataset: benchmark.fingerprint,
      split: splitFingerprint(split),
      pairs: pairs?.result.fingerprint ?? null,
      comparisons: digest(data.comparisons),
      side,
      orders: study.evaluation.orders,
      nearDuplicates,
      code: await codeVersion(['core', 'datasets']),
    },
    outputs: [file, auditCasesFile(context)],
    run: async () => {
      const { report: found, cases } = await auditWithCases(context, {
        ...auditedData(context, data, side),
        nearDuplicates,
      })
      const report: StudyAuditReport = {
        study: study.name,
        benchmark: { name: benchmark.name, synthetic: benchmark.synthetic, fingerprint: benchmark.fingerprint },
        split: { method: split.method, seed: split.seed, fingerprint: splitFingerprint(split) },
        side,
        printed: printedExamples(benchmark, split) ?? null,
        cases,
        ...found,
      }
      await saveJson(file, report)
      return verdictLine(report)
    },
  })
  return loadOwnJson<StudyAuditReport>(file, {
    study: 'string',
    benchmark: 'object',
    split: 'object',
    side: 'string',
    cases: 'object',
    findings: 'list',
    verdict: 'string',
  })
}

/** Audits, and writes every case down as it is found. */
async function auditWithCases(
  context: StudyContext,
  input: AuditInput,
): Promise<{ readonly report: AuditReport; readonly cases: StudyAuditReport['cases'] }> {
  const file = auditCasesFile(context)
  const lines = await draftLines(file)
  let count = 0
  try {
    const audit = auditSteps({
      ...input,
      onCase: (found) => {
        lines.add(found)
        count++
      },
      onProgress: (done, total) => context.progress.advance(done, total, 'groups of checks'),
    })
    const report = await finishBreathing(audit, context.signal)
    await lines.keep()
    return { report, cases: { file: basename(file), count } }
  } finally {
    await lines.close()
  }
}

/** What is judged; where nothing is trained but the data are split, the test side, which somebody else may train for. */
function auditedSide({ loaded: { study } }: StudyContext, { split, pairs }: StudyData): StudyAuditReport['side'] {
  return pairs === null && split.method !== 'none' ? 'test' : study.evaluation.side
}

function auditedData(
  { loaded: { study } }: StudyContext,
  { benchmark, split, pairs, comparisons }: StudyData,
  side: StudyAuditReport['side'],
): AuditInput {
  const [train, test] = [new Set(split.train), new Set(split.test)]
  const onTrain = benchmark.examples.filter(({ id }) => train.has(id))
  const onSide = { train: onTrain, test: benchmark.examples.filter(({ id }) => test.has(id)), all: benchmark.examples }
  return {
    train: onTrain,
    test: onSide[side],
    pairs: pairs?.sides,
    comparisons: side === study.evaluation.side ? comparisons : undefined,
    orders: study.evaluation.orders,
  }
}

/** `leak: siblings-divided, pairs-shared-prompts; 4 warnings`. */
export function verdictLine({ findings, verdict }: AuditReport): string {
  const leaks = findings.filter((finding) => finding.verdict === 'leak').map(({ name }) => name)
  const warnings = findings.filter((finding) => finding.verdict === 'warning').length
  const told = warnings === 0 ? '' : `; ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`
  return `${verdict === 'leak' ? `leak: ${leaks.join(', ')}` : 'no leak'}${told}`
}

/** The audit that the study asks for, if it does. @throws {Error} with every leak, where there is one and the study makes its audit a gate */
export async function auditGate(context: StudyContext, data: StudyData): Promise<StudyAuditReport | undefined> {
  const asked = context.loaded.study.audit
  if (asked === undefined) return undefined
  const report = await auditStep(context, data)
  const leaks = report.findings.filter(({ verdict }) => verdict === 'leak')
  if (!asked.gate || leaks.length === 0) return report
  throw new Error(
    `the audit found ${leaks.length === 1 ? 'a leak' : `${leaks.length} leaks`}, and ${context.loaded.file} asks to stop on one (audit.gate):${leaks.map(leakLine).join('')}`,
  )
}

function leakLine({ name, summary, examples }: AuditFinding): string {
  const [first] = examples
  return `\n  ${name}: ${summary}${first === undefined ? '' : `, as ${first.id}${first.of === undefined ? '' : ` with ${first.of}`}`}`
}
