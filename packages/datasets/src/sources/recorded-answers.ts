import { DatasetFormatError, type Outcome, presentationOf, type Where } from '@judgelab/core'
import { createProblemLog, type ProblemLog } from '../validation/problem-log.js'
import { fieldsOf } from './needs.js'
import { type RowPlace, tryRow } from './read-examples.js'
import { readRows } from './rows/read-rows.js'
import { type RowFormat, whereOf } from './rows/row.js'

/** What somebody else's judge answered to one presentation. */
export interface RecordedAnswer {
  readonly outcome: Outcome
  /** The judge's text, or its end, where it was kept. */
  readonly raw?: string | undefined
}

/** Recorded answers by presentation id: what a `replay` judge answers with. */
export type RecordedAnswers = ReadonlyMap<string, RecordedAnswer>

/** What a row of a published file says of one pass: which responses stood where, and what the judge said. */
export interface RecordedPass extends RecordedAnswer {
  readonly exampleId: string
  readonly slots: readonly number[]
}

/** Files of recorded verdicts, and how their rows are read. */
export interface RecordedFiles {
  readonly files: readonly string[]
  readonly format: RowFormat
  /** The passes of a row. @throws {DatasetFormatError} naming file, line and field */
  readonly fromRow: (row: Readonly<Record<string, unknown>>, where: Where, place: RowPlace) => Iterable<RecordedPass>
}

/**
 * The recorded answers of files, one for each presentation. All rows are read, so that the log can list what is wrong, a
 * second answer to one presentation among it. What a row that is left out would have said is an answer that was never
 * recorded.
 *
 * @param log with the policy, filled while reading; defaults to one that is strict, and advises no other
 * @throws {DatasetFormatError} under the policy `strict` with the first ten problems and their number; and if there are
 *   no answers: a replay of nothing would look like a judge that always fails
 */
export async function readRecordedAnswers(
  { files, format, fromRow }: RecordedFiles,
  log: ProblemLog = createProblemLog('strict', { isOnlyPolicy: true }),
): Promise<RecordedAnswers> {
  const answers = new Map<string, RecordedAnswer>()
  let row = 0
  for (const file of files)
    for await (const batch of readRows(file, format))
      for (const { at, value, problem } of batch) {
        const place = { row: row++, file, at }
        const where = whereOf(file, format, at)
        log.row()
        if (problem !== undefined) log.skip({ kind: 'unreadable', where, message: problem })
        else tryRow(() => addPasses(answers, fromRow(fieldsOf(value, where), where, place), where), where, log)
      }
  log.check()
  if (answers.size > 0) return answers
  throw new DatasetFormatError('expected recorded verdicts, found none', { file: files[0] ?? 'no file' })
}

/** All passes of a row, or none of them where one was answered before. */
function addPasses(answers: Map<string, RecordedAnswer>, passes: Iterable<RecordedPass>, where: Where): void {
  const added = new Map<string, RecordedAnswer>()
  for (const { exampleId, slots, outcome, raw } of passes) {
    const { id } = presentationOf({ exampleId, mode: 'pairwise', slots, repeat: 0 })
    if (answers.has(id) || added.has(id))
      throw new DatasetFormatError(
        `expected one judgment for each example and order, found a second one of ${JSON.stringify(exampleId)}`,
        where,
      )
    added.set(id, { outcome, ...(raw === undefined ? {} : { raw }) })
  }
  for (const [id, answer] of added) answers.set(id, answer)
}
