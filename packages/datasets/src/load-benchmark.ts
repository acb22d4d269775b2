import { resolve } from 'node:path'
import { ConfigError, type Project, type StudyBenchmark } from '@judgelab/core'
import type { Benchmark } from './benchmark.js'
import { loadBuiltin } from './sources/builtin.js'
import { loadFile } from './sources/file.js'
import type { FetchHub } from './sources/hub/fetch-hub-files.js'
import { loadJudgeBench } from './sources/judgebench.js'
import { loadLlmbar } from './sources/llmbar.js'
import type { Watched } from './sources/read-examples.js'
import { loadRewardBench } from './sources/reward-bench.js'
import { loadRewardBench2 } from './sources/reward-bench-2.js'

/**
 * The benchmark that a study names. Paths are relative to the project's root; what has no path is taken from the Hub.
 *
 * @param options.hub settings, patience and progress of a download
 * @param options.onRead told how far the reading of files is that may be large: all but the built-in benchmark and LLMBar
 */
export async function loadBenchmark(
  named: StudyBenchmark,
  project: Project,
  { hub, ...watched }: Watched & { readonly hub?: FetchHub | undefined } = {},
): Promise<Benchmark> {
  const { source, revision, problems } = named
  const path = named.path === undefined ? undefined : resolve(project.root, named.path)
  const needed = (what: string): string => {
    if (path !== undefined) return path
    throw new ConfigError(`expected a path to ${what}, found nothing`, 'benchmark.path')
  }
  switch (source) {
    case 'builtin':
      return loadBuiltin(project, { path, problems })
    case 'llmbar':
      return loadLlmbar(needed('the LLMBar data'), { problems })
    case 'reward-bench-2':
      return loadRewardBench2({ path, revision, problems, hub, ...watched })
    case 'reward-bench':
      return loadRewardBench({ path, revision, problems, hub, ...watched })
    case 'judgebench':
      return loadJudgeBench({ path: needed('the JudgeBench data'), problems, ...watched })
    case 'file':
      return loadFile({
        path: needed('the file'),
        named: named.path,
        format: named.format,
        columns: named.columns,
        problems,
        ...watched,
      })
  }
}
