import type { Table } from '@judgelab/analysis'
import type { EngineOutlook } from '@judgelab/judges'
import type { DoneBy } from '../study/done-by.js'
import type { RunOutlook, StudyEstimate } from '../study/estimate-study.js'
import { moment, money, span } from './estimate-words.js'

/** A run of which an engine is to be chosen. */
interface Choice extends RunOutlook {
  readonly outlook: EngineOutlook
  readonly doneBy: DoneBy
}

/** The runs of an estimate that have more than one way to be asked. */
export function choicesOf({ judges }: StudyEstimate): readonly Choice[] {
  return judges.flatMap(({ outlook, doneBy, ...run }) =>
    outlook === undefined || doneBy === undefined ? [] : [{ ...run, outlook, doneBy }],
  )
}

/** What each judge costs and when it is done, call by call and in batches. */
export function engineTable(choices: readonly Choice[], from: string): Table {
  return {
    caption: `The same calls by each engine, each judge as if it began at ${moment(from)} and were asked alone. Online: the longest of answers waited for at once, and limits a minute; without retries. Batch: the service’s stated window for every round of files that may be out at once (64, and limits.enqueuedTokens where the study says it), and, at the most, the time after which judgelab gives a batch up; what it left unanswered is then sent again. Batch costs are the online ones times batchShare. Judges at machines or endpoints of their own, and the evaluation service, have no choice.`,
    missing: 'not known',
    columns: [
      { key: 'judge', label: 'Judge', kind: 'text' },
      { key: 'engine', label: 'Engine of the study', kind: 'text' },
      { key: 'onlineUsd', label: 'Online', unit: 'USD', kind: 'text', align: 'right' },
      { key: 'onlineTakes', label: 'Online takes', kind: 'text' },
      { key: 'onlineBy', label: 'Done by', kind: 'text' },
      { key: 'batchUsd', label: 'Batch', unit: 'USD', kind: 'text', align: 'right' },
      { key: 'batchTakes', label: 'Batch takes', kind: 'text' },
      { key: 'batchBy', label: 'Done by', kind: 'text' },
      { key: 'cheaper', label: 'Cheaper', kind: 'text' },
    ],
    rows: choices.map(({ judge, engine, outlook: { online, batch, cheaper }, doneBy }) => ({
      judge,
      engine,
      onlineUsd: online.usd === undefined ? null : money(online.usd),
      onlineTakes: online.time === undefined ? null : span(online.time.seconds),
      onlineBy: doneBy.online && moment(doneBy.online),
      batchUsd: batch?.usd === undefined ? null : money(batch.usd),
      batchTakes: batch === undefined ? 'no batch service' : batchSpan(batch),
      batchBy: batchMoments(doneBy),
      cheaper: cheaper ?? null,
    })),
  }
}

type Batch = NonNullable<EngineOutlook['batch']>

function batchSpan({ files, rounds, hours, hoursAtMost, isBestEffort }: Batch): string {
  if (files === 0) return 'nothing to send'
  const stated = isBestEffort ? `${hours} h at best` : `within ${hours} h`
  const many = rounds === 1 ? '' : `, ${rounds} rounds`
  return `${stated}, ${hoursAtMost} h at most (${files} ${files === 1 ? 'file' : 'files'}${many})`
}

function batchMoments({ batch, batchAtMost }: DoneBy): string | null {
  if (batch === null || batchAtMost === null) return null
  return batch === batchAtMost ? moment(batch) : `${moment(batch).replace(' UTC', '')} to ${moment(batchAtMost)}`
}

/** One sentence a judge: what a batch would save, and what it would cost in time. */
export function choiceSentence({ judge, calls, paidFor, outlook: { online, batch }, doneBy }: Choice): string {
  if (calls === paidFor) return `${judge}: every call is paid for, and nothing is left to ask.`
  if (batch === undefined) return `${judge}: of its provider no batch service is known.`
  const latest = doneBy.batchAtMost === null ? '' : moment(doneBy.batchAtMost)
  const instead =
    doneBy.online === null ? 'how long it takes online is not known' : `instead of ${moment(doneBy.online)} online`
  const time = `${latest} at the latest${doneBy.online === null ? '; ' : ' '}${instead}`
  if (online.usd === undefined) return `${judge}: its prices are not known; by batch it is done by ${time}.`
  if (batch.usd === undefined)
    return `${judge}: what its batches cost is not known (no batchShare among its prices); by batch it is done by ${time}.`
  const less = online.usd - batch.usd
  if (less === 0) return `${judge}: a batch saves nothing (batchShare 1), and is done by ${time}.`
  return `${judge}: by batch it costs ${money(Math.abs(less))} USD ${less > 0 ? 'less' : 'more'} and is done by ${time}.`
}
