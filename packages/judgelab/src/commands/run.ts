import { relative } from 'node:path'
import { accuracyTable, contrastTable } from '@judgelab/analysis'
import { answerSentence, textTable } from '@judgelab/report'
import { loadStudy } from '../study/load-study.js'
import { runStudy, type StudyOutcome } from '../study/run-study.js'
import { createProgress } from '../terminal/progress.js'
import { stoppable } from './stop-signal.js'

/** Options of `run` and `report`. */
export interface RunCommandOptions {
  readonly json?: boolean | undefined
  readonly mayLabour: boolean
  readonly withReport: boolean
}

/** `judgelab run <study>` and `judgelab report <study>`: prints the tables, the answer and where the page is. */
export async function runCommand(named: string, options: RunCommandOptions): Promise<void> {
  const loaded = await loadStudy(named)
  const progress = createProgress(process.stderr)
  const outcome = await stoppable(async (signal) => {
    try {
      return await runStudy(loaded, { progress, signal, ...options })
    } catch (error) {
      progress.clear()
      throw signal.aborted ? signal.reason : error
    }
  })
  process.stdout.write(options.json ? jsonText(outcome) : plainText(outcome))
}

function jsonText({ results, page }: StudyOutcome): string {
  return `${JSON.stringify({ answer: answerSentence(results), page: page ?? null, results }, null, 2)}\n`
}

function plainText({ results, page }: StudyOutcome): string {
  const width = process.stdout.columns ? { width: process.stdout.columns } : {}
  const tables = [accuracyTable(results), ...(results.contrasts.length > 0 ? [contrastTable(results)] : [])]
  const place = page === undefined ? '' : `\nReport: ${relative(process.cwd(), page)}\n`
  return `\n${tables.map((table) => textTable(table, width)).join('\n')}\n${answerSentence(results)}\n${place}`
}
