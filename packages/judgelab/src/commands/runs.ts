import type { Table } from '@judgelab/analysis'
import { findProject, listRuns, loadJudgments, loadRunManifest, type RunManifest, runFolder } from '@judgelab/core'
import { textTable } from '@judgelab/report'

/** One run in the list. */
interface ListedRun {
  readonly runId: string
  readonly judge: string
  readonly study: string
  readonly dataset: string
  readonly judgments: number
  readonly asked: number
  readonly completedAt: string | null
  /** What is wrong with the run's files, when they can't be read. */
  readonly problem: string | null
}

/** `judgelab runs`: every run of the project. */
export async function runsCommand({ json }: { readonly json?: boolean | undefined }): Promise<void> {
  const { runs } = findProject()
  const listed = await Promise.all((await listRuns(runs)).map((runId) => listRun(runs, runId)))
  process.stdout.write(json ? `${JSON.stringify(listed, null, 2)}\n` : runsText(listed))
}

async function listRun(runs: string, runId: string): Promise<ListedRun> {
  const folder = runFolder(runs, runId)
  try {
    const manifest: RunManifest = await loadRunManifest(folder)
    const judgments = await loadJudgments(folder)
    return {
      runId,
      judge: manifest.judge.name,
      study: manifest.study,
      dataset: manifest.dataset.name,
      judgments: judgments.length,
      asked: manifest.presentations.count,
      completedAt: manifest.completedAt,
      problem: null,
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { runId, judge: '', study: '', dataset: '', judgments: 0, asked: 0, completedAt: null, problem }
  }
}

function runsText(listed: readonly ListedRun[]): string {
  if (listed.length === 0) return 'no runs yet: judgelab run studies/quickstart.yaml makes some\n'
  const table: Table = {
    columns: [
      { key: 'runId', label: 'Run', kind: 'text' },
      { key: 'judge', label: 'Judge', kind: 'text' },
      { key: 'study', label: 'Study', kind: 'text' },
      { key: 'judgments', label: 'Judgments', kind: 'integer' },
      { key: 'asked', label: 'Of', kind: 'integer' },
      { key: 'completedAt', label: 'Complete since', kind: 'text' },
    ],
    rows: listed.filter(({ problem }) => problem === null).map((run) => ({ ...run })),
    caption: `${listed.length} runs`,
  }
  const problems = listed.flatMap(({ problem }) => (problem === null ? [] : [`${problem}\n`]))
  return `${textTable(table)}${problems.join('')}`
}
