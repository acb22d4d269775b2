import type { EngineOutlook } from '@judgelab/judges'

/** When a judge that begins at one moment is done, by engine: ISO 8601 in UTC; null where it is not known. */
export interface DoneBy {
  readonly online: string | null
  /** With the batch service's stated window. */
  readonly batch: string | null
  /** When the last batch is given up. */
  readonly batchAtMost: string | null
}

/** The spans of an outlook as moments, reckoned from `from`. */
export function doneBy({ online, batch }: EngineOutlook, from: Date): DoneBy {
  return {
    online: momentAfter(from, online.time?.seconds),
    batch: momentAfter(from, batch && batch.hours * 3600),
    batchAtMost: momentAfter(from, batch && batch.hoursAtMost * 3600),
  }
}

function momentAfter(from: Date, seconds: number | undefined): string | null {
  return seconds === undefined ? null : new Date(from.getTime() + Math.ceil(1000 * seconds)).toISOString()
}
