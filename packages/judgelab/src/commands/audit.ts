import { relative } from 'node:path'
import { auditTable } from '@judgelab/analysis'
import type { AuditFinding } from '@judgelab/datasets'
import { textTable } from '@judgelab/report'
import { auditCasesFile, auditStep, type StudyAuditReport, verdictLine } from '../study/audit-step.js'
import { loadStudy } from '../study/load-study.js'
import { contextBase, withContext } from '../study/open-context.js'
import { prepareData } from '../study/prepare.js'
import { printedLines } from '../study/printed-words.js'
import { shownWork } from './shown-work.js'

/** `judgelab audit <study>`: what stands on both sides of the study's split. Returns true when there is no leak. */
export async function auditCommand(named: string, { json }: { readonly json?: boolean | undefined }): Promise<boolean> {
  const loaded = await loadStudy(named)
  const [report, file] = await shownWork((told) =>
    withContext(contextBase(loaded, {}), { ...told, mayLabour: true }, async (context) => {
      return [await auditStep(context, await prepareData(context)), auditCasesFile(context)] as const
    }),
  )
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : auditText(report, relative(process.cwd(), file)))
  return report.verdict !== 'leak'
}

function auditText(report: StudyAuditReport, file: string): string {
  const sentences = report.findings.filter(({ verdict }) => verdict !== 'ok').map(sentenceOf)
  const left = report.notChecked.map(({ name, reason }) => `not checked: ${name}, because ${reason}\n`)
  return `\n${textTable(auditTable(report, auditCaption(report)))}\n${sentences.join('')}${left.join('')}${printedLines(report.printed)}Verdict: ${verdictLine(report)}\n${report.cases.count === 0 ? '' : `All ${report.cases.count} cases, one a line: ${file}\n`}`
}

/** A finding with its first ten cases, and how many more there are. */
function sentenceOf({ name, verdict, summary, examples, bySubset, counts }: AuditFinding): string {
  const cases = examples.map(({ id, of }) => (of === undefined ? id : `${id} with ${of}`))
  const left = (counts.found ?? 0) - examples.length
  const more = left > 0 && examples.length > 0 ? ` … and ${left} more` : ''
  return [
    `${verdict}: ${name}: ${summary}`,
    ...(cases.length === 0 ? [] : [`  by subset: ${subsetText(bySubset)}`, `  as ${cases.join('; ')}${more}`]),
    '',
  ].join('\n')
}

/** `Factuality 110 of 110, Focus 115 of 121`. */
function subsetText(bySubset: AuditFinding['bySubset']): string {
  const counted = Object.entries(bySubset).filter(([, { found }]) => found !== 0)
  return counted.map(([subset, { found, of }]) => `${subset} ${found} of ${of}`).join(', ')
}

function auditCaption({ benchmark, split, side, sides, pairs }: StudyAuditReport): string {
  const pairText = pairs === null ? '' : `; ${pairs.train} training and ${pairs.validation} validation pairs`
  return `${benchmark.name}, split ${split.method}: ${sides.train} training examples, ${sides.test} judged (side ${side})${pairText}.`
}
