import { relative } from 'node:path'
import {
  ablationTable,
  accuracyTable,
  armTable,
  contrastTable,
  effectTable,
  type StudyResults,
  type Table,
} from '@judgelab/analysis'
import { studyAnswer, textTable } from '@judgelab/report'
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
  return `${JSON.stringify({ answer: studyAnswer(results), page: page ?? null, results }, null, 2)}\n`
}

/** The tables, the answer and where the page is. */
export function outcomeText({ results, page }: StudyOutcome): string {
  const width = process.stdout.columns ? { width: process.stdout.columns } : {}
  const place = page === undefined ? '' : `\nReport: ${relative(process.cwd(), page)}\n`
  return `\n${tablesOf(results)
    .map((table) => textTable(table, width))
    .join('\n')}\n${studyAnswer(results)}\n${place}`
}

function tablesOf(results: StudyResults): Table[] {
  return [
    accuracyTable(results),
    ...(results.contrasts.length > 0 ? [contrastTable(results)] : []),
    ...ablationTables(results),
  ]
}

/** By number of pairs, where there are several; by arm, and by axis, where there are several of these. */
function ablationTables(results: StudyResults): Table[] {
  const { ablation } = results
  if (ablation === null) return []
  const hasArms = ablation.arms.length > 1
  const isOneCount = ablation.arms.every(({ counts }) => counts.filter(({ pairs }) => pairs > 0).length < 2)
  return [
    ...(isOneCount && hasArms ? [] : [ablationTable(results)]),
    ...(hasArms ? [armTable(results)] : []),
    ...(ablation.effects.length > 0 ? [effectTable(results)] : []),
  ]
}
