import { existsSync } from 'node:fs'
import { runSummary } from '@judgelab/analysis'
import {
  type EndpointSession,
  endpointUsd,
  type Judgment,
  listRuns,
  loadRunManifest,
  type RunEndpoint,
  type RunFolder,
  readJudgments,
  runFolder,
} from '@judgelab/core'
import { loadUnlogged, type Spent } from '@judgelab/judges'
import type { LoadedStudy } from './load-study.js'

/**
 * What earlier starts of a study have spent on the runs that it began: what a resumed study may no longer spend. That is what
 * their logs say, those judgments included that were asked for again, and what was sent without coming to a judgment.
 * Answers from the cache cost nothing. An endpoint that nobody saw stop counts with the most that it can have cost.
 *
 * @param apart the folder of a run that is not kept with the others
 */
export async function spentBefore({ study, project }: LoadedStudy, apart?: RunFolder): Promise<Spent> {
  let [costUsd, requests] = [0, 0]
  const kept = (await listRuns(project.runs)).map((runId) => runFolder(project.runs, runId))
  const others = apart === undefined || !existsSync(apart.manifest) ? [] : [apart]
  for (const folder of [...kept.filter(({ folder: at }) => at !== apart?.folder), ...others]) {
    const manifest = await loadRunManifest(folder)
    const { study: owner, judge, endpoint } = manifest
    if (owner !== study.name || judge.provider === 'local' || judge.provider === 'replay') continue
    const judgments: Judgment[] = []
    for await (const judgment of readJudgments(folder)) judgments.push(judgment)
    const { paidUsd, attempts } = runSummary(judgments, manifest)
    const unlogged = await loadUnlogged(folder)
    costUsd += (paidUsd ?? (endpoint === undefined ? 0 : rentAtMost(endpoint, judgments))) + unlogged.costUsd
    requests += attempts + unlogged.requests
  }
  return { costUsd, requests }
}

const MINUTE_MS = 60_000

/** USD; 0 where no price was known, under which nobody set a limit. */
function rentAtMost(endpoint: RunEndpoint, judgments: readonly Judgment[]): number {
  return endpointUsd(endpoint, (session) => latestEndMs(endpoint, session, judgments)) ?? 0
}

/** The service stops an endpoint by itself so many minutes after the last call: of those, the last answer is in the log. */
function latestEndMs(endpoint: RunEndpoint, session: EndpointSession, judgments: readonly Judgment[]): number {
  const { sessions } = endpoint
  const startedMs = Date.parse(session.startedAt)
  const next = sessions[sessions.indexOf(session) + 1]
  const untilMs = next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next.startedAt)
  const answeredMs = judgments.map(({ at }) => Date.parse(at)).filter((atMs) => atMs >= startedMs && atMs < untilMs)
  const lastMs = answeredMs.reduce((last, atMs) => Math.max(last, atMs), startedMs)
  return lastMs + (session.endpoint ?? endpoint).inactiveMinutes * MINUTE_MS
}
