import { DatasetFormatError, type Outcome, presentationOf, type Where } from '@judgelab/core'
import { createProblemLog } from '../validation/problem-log.js'
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
 * The recorded answers of files, one for each presentation. All rows are read, so that the error can list what is wrong;
 * there is no policy but that: a row left out would be a failure of the judge.
 *
 * @throws {DatasetFormatError} with the first ten problems and their number, a second answer to one presentation among
 *   them; and if there are no answers: a replay of nothing would look like a judge that always fails
 */
export async function readRecordedAnswers({ files, format, fromRow }: RecordedFiles): Promise<RecordedAnswers> {
  const log = createProblemLog('strict', { isOnlyPolicy: true })
  const answers = new Map<string, RecordedAnswer>()
  let row = 0
  for (const file of files)
    for await (const batch of readRows(file, format))
      for (const { at, value, problem } of batch) {
        const place = { row: row++, file, at }
        const where = whereOf(file, format, at)
        if (problem !== undefined) log.skip({ kind: 'unreadable', where, message: problem })
        else tryRow(() => addPasses(answers, fromRow(fieldsOf(value, where), where, place), where), where, log)
      }
  log.check()
  if (answers.size > 0) return answers
  throw new DatasetFormatError('expected recorded verdicts, found none', { file: files[0] ?? 'no file' })
}

function addPasses(answers: Map<string, RecordedAnswer>, passes: Iterable<RecordedPass>, where: Where): void {
  for (const { exampleId, slots, outcome, raw } of passes) {
    const { id } = presentationOf({ exampleId, mode: 'pairwise', slots, repeat: 0 })
    if (answers.has(id))
      throw new DatasetFormatError(
        `expected one judgment for each example and order, found a second one of ${JSON.stringify(exampleId)}`,
        where,
      )
    answers.set(id, { outcome, ...(raw === undefined ? {} : { raw }) })
  }
}
