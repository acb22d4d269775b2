import { relative } from 'node:path'
import { accuracyTable, contrastTable } from '@judgelab/analysis'
import { answerSentence, textTable } from '@judgelab/report'
import { loadStudy } from '../study/load-study.js'
import { runStudy, type StudyOutcome } from '../study/run-study.js'
import { approver } from './approve.js'
import { shownWork } from './shown-work.js'

/** Options of `run` and `report`. */
export interface RunCommandOptions {
  readonly json?: boolean | undefined
  readonly mayLabour: boolean
  readonly withReport: boolean
  readonly retryFailed?: boolean | undefined
  readonly withPdf?: boolean | undefined
  /** Start jobs that cost money without asking. */
  readonly yes?: boolean | undefined
}

/** `judgelab run <study>` and `judgelab report <study>`: prints the tables, the answer and where the page is. */
export async function runCommand(named: string, { yes = false, ...options }: RunCommandOptions): Promise<void> {
  const loaded = await loadStudy(named)
  const outcome = await shownWork((told) =>
    runStudy(loaded, { ...told, ...options, retryFailed: options.retryFailed ?? false, approve: approver(yes) }),
  )
  process.stdout.write(options.json ? outcomeJson(outcome) : outcomeText(outcome))
}

/** One JSON object: answer, page, results. */
export function outcomeJson({ results, page }: StudyOutcome): string {
  return `${JSON.stringify({ answer: answerSentence(results), page: page ?? null, results }, null, 2)}\n`
}

/** The tables, the answer and where the page is. */
export function outcomeText({ results, page }: StudyOutcome): string {
  const width = process.stdout.columns ? { width: process.stdout.columns } : {}
  const tables = [accuracyTable(results), ...(results.contrasts.length > 0 ? [contrastTable(results)] : [])]
  const place = page === undefined ? '' : `\nReport: ${relative(process.cwd(), page)}\n`
  return `\n${tables.map((table) => textTable(table, width)).join('\n')}\n${answerSentence(results)}\n${place}`
}
