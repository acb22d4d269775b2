import { runSummary } from '@judgelab/analysis'
import { listRuns, loadJudgments, loadRunManifest, runFolder } from '@judgelab/core'
import type { Spent } from '@judgelab/judges'
import type { LoadedStudy } from './load-study.js'

/**
 * What earlier starts of a study have spent, by the logs of the runs that it began: what a resumed study may no longer
 * spend. Answers from the cache cost nothing. A call that failed has no usage, so that its cost, if it had one, is not in here.
 */
export async function spentBefore({ study, project }: LoadedStudy): Promise<Spent> {
  let [costUsd, requests] = [0, 0]
  for (const runId of await listRuns(project.runs)) {
    const folder = runFolder(project.runs, runId)
    const { study: owner, judge, prices } = await loadRunManifest(folder)
    if (owner !== study.name || judge.provider === 'local' || judge.provider === 'replay') continue
    const { paidUsd, attempts } = runSummary(await loadJudgments(folder), prices)
    costUsd += paidUsd ?? 0
    requests += attempts
  }
  return { costUsd, requests }
}
