import { join, resolve } from 'node:path'
import { packLog } from '@judgelab/analysis'
import { mendLog, runOwner } from '@judgelab/core'
import { findRun } from './find-run.js'

/** `judgelab pack <run>`: the run's log as Parquet, beside it or elsewhere. */
export async function packCommand(
  named: string,
  { to, json }: { readonly to?: string | undefined; readonly json?: boolean | undefined },
): Promise<void> {
  const run = await findRun(named)
  if ((await runOwner(run)) !== undefined) throw new Error(`${run.folder} is being written; pack it when it is done`)
  await mendLog(run)
  const parquet = to === undefined ? join(run.folder, 'judgments.parquet') : resolve(process.cwd(), to)
  const packed = await packLog(run.log, parquet)
  const { judgments, bytesBefore, bytes } = packed
  process.stdout.write(
    json
      ? `${JSON.stringify({ file: parquet, ...packed }, null, 2)}\n`
      : `${judgments} judgments in ${parquet}: ${megabytes(bytes)} in place of ${megabytes(bytesBefore)}\n`,
  )
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(bytes < 2 ** 20 ? 2 : 0)} MB`
}
