import { type Example, presentationOf } from '@judgelab/core'
import { benchmarkOf, loadRecordedAnswers } from '@judgelab/datasets'
import { combinePasses, passResult } from '@judgelab/scoring'
import { expect, it } from 'vitest'
import { formatOf, readRows } from '../../src/sources/rows/read-rows.js'
import { RESPONSE_COLUMNS } from '../../src/sources/together-eval.js'
import { countBy } from '../support/count-by.js'
import { describeReal } from '../support/describe-real.js'

const where = {
  variable: 'JUDGELAB_TOGETHER_EVAL',
  wanted: 'a result file of a compare evaluation of Together whose rows hold both responses, JSONL or CSV',
}

type Row = Readonly<Record<string, unknown>>

describeReal('a real result file of Together', where, (path) => {
  it('has passes that come to the final decision which the service wrote into each row', async () => {
    const rows: Row[] = []
    for await (const batch of readRows(path, formatOf(path))) rows.push(...batch.map(({ value }) => value as Row))
    const answers = await loadRecordedAnswers({
      ...{ format: 'together-eval', path, model: 'any' },
      benchmark: benchmarkOf({ name: 'rows', about: 'rows', synthetic: false, examples: rows.map(exampleOf) }),
    })
    expect(answers.size).toBe(2 * rows.length)

    const decided = rows.map((row, at) => {
      const exampleId = exampleOf(row, at).id
      const comparison = { id: exampleId, exampleId, subset: 'all', chosen: 0, rejected: 1 }
      const passes = [
        [0, 1],
        [1, 0],
      ].map((slots) => {
        const { id } = presentationOf({ exampleId, mode: 'pairwise', slots, repeat: 0 })
        const answer = answers.get(id)
        return answer === undefined ? 'failed' : passResult(answer.outcome, slots, comparison)
      })
      return { said: String(row.final_decision), found: NAMES[combinePasses(passes, 'together')] }
    })
    const readable = decided.filter(({ found }) => found !== undefined)
    expect(readable.filter(({ said, found }) => said !== found)).toEqual([])
    expect(readable.length).toBeGreaterThan(0)
    expect(countBy(readable, ({ found }) => String(found))).toEqual(countBy(readable, ({ said }) => said))
  })
})

/** The service's words; a row that no pass could read has none of them. */
const NAMES = { chosen: 'A', rejected: 'B', tie: 'Tie', failed: undefined } as const

/** A row as an example whose response A is the chosen one, under its own id where it has one. */
function exampleOf(row: Row, at: number): Example {
  const columns = RESPONSE_COLUMNS.find((pair) => pair.every((name) => typeof row[name] === 'string'))
  if (columns === undefined) throw new Error(`expected the texts of both responses, found ${Object.keys(row)}`)
  return {
    ...{ v: 1, id: String(row.id ?? `row-${at}`), subset: 'all', chosen: [0], metadata: {} },
    prompt: String(row.prompt ?? row.question ?? row.instruction ?? ''),
    responses: columns.map((name) => ({ text: String(row[name]) })),
  }
}
