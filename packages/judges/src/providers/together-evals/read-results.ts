import { type Example, presentationOf } from '@judgelab/core'
import type { BulkAnswer } from '../../judge.js'
import type { PlannedRow } from './eval-job.js'

/**
 * The answers in a result file, by the rows of the job that made it: both passes, in terms of the slots that each showed.
 * A row that the file lacks has no answer here.
 *
 * @throws {DatasetFormatError} if the file is cut off, or holds a row that is not of the job
 */
export async function readResults(file: string, rows: readonly PlannedRow[]): Promise<readonly BulkAnswer[]> {
  // Only who uses this service waits for the readers of data sets to be loaded.
  const { benchmarkOf, loadRecordedAnswers } = await import('@judgelab/datasets')
  const recorded = await loadRecordedAnswers({
    format: 'together-eval',
    path: file,
    model: '',
    benchmark: benchmarkOf({
      name: 'rows',
      synthetic: false,
      about: 'rows of an evaluation',
      examples: examplesOf(rows),
    }),
  })
  return rows.flatMap(({ original, flipped }, at) =>
    [
      { slots: [0, 1], presentationIds: original },
      { slots: [1, 0], presentationIds: flipped },
    ].flatMap(({ slots, presentationIds }) => {
      const answer = recorded.get(presentationOf({ exampleId: rowId(at), mode: 'pairwise', slots, repeat: 0 }).id)
      return answer === undefined ? [] : presentationIds.map((presentationId) => ({ presentationId, ...answer }))
    }),
  )
}

/** The rows as examples, so that the reader of recorded evaluations finds them by their texts. */
function examplesOf(rows: readonly PlannedRow[]): Example[] {
  return rows.map(
    ({ row: { response_a = '', response_b = '', prompt = '' } }, at): Example => ({
      v: 1,
      id: rowId(at),
      subset: 'rows',
      prompt,
      responses: [{ text: response_a }, { text: response_b }],
      chosen: [0],
      metadata: {},
    }),
  )
}

function rowId(at: number): string {
  return `row-${at}`
}
