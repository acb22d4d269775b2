import { join, relative, resolve } from 'node:path'
import { findProject } from '@judgelab/core'
import { fetchLlmbar, LLMBAR_COMMIT } from '@judgelab/datasets'
import { createProgress } from '../terminal/progress.js'
import { stoppable } from './stop-signal.js'

/** Options of `fetch llmbar`. */
export interface FetchLlmbarOptions {
  /** The folder; defaults to `data/llmbar` of the project. */
  readonly to?: string | undefined
  /** Recorded judges to fetch too, as `GPT-4/Vanilla`. */
  readonly judge?: readonly string[] | undefined
  /** Where else than at GitHub the repository's files stand. */
  readonly from?: string | undefined
  readonly json?: boolean | undefined
}

/** `judgelab fetch llmbar`: LLMBar's files, from its repository at a fixed commit, into a folder that studies can name. */
export async function fetchLlmbarCommand({ to, judge, from, json }: FetchLlmbarOptions): Promise<void> {
  const folder = resolve(to ?? join(findProject().data, 'llmbar'))
  const progress = createProgress(process.stderr)
  const { benchmark, files } = await stoppable(async (signal) => {
    let done = 0
    let under = ''
    progress.start('Fetching LLMBar')
    try {
      return await fetchLlmbar({
        folder,
        judges: judge,
        baseUrl: from,
        signal,
        onProgress: ({ file }) => {
          if (file === under) return
          under = file
          progress.advance(done++, fileCount(judge), 'files')
        },
      })
    } catch (error) {
      progress.clear()
      throw signal.aborted ? signal.reason : error
    }
  })
  progress.finish(`${benchmark.examples.length} examples in ${files.length} files`)
  const place = relative(process.cwd(), folder) || '.'
  const said = { folder, commit: LLMBAR_COMMIT, examples: benchmark.examples.length, files }
  process.stdout.write(
    json
      ? `${JSON.stringify(said, null, 2)}\n`
      : `LLMBar at ${LLMBAR_COMMIT}: ${place}\nIn a study: benchmark: { source: llmbar, path: ${place} }\n`,
  )
}

/** The licence, and for each of LLMBar's five subsets its items and the verdicts of each judge. */
function fileCount(judges: readonly string[] = []): number {
  return 1 + 5 * (1 + judges.length)
}
