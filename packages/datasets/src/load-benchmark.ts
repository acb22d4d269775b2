import { resolve } from 'node:path'
import { ConfigError, type Project, type StudyBenchmark } from '@judgelab/core'
import type { Benchmark } from './benchmark.js'
import { loadBuiltin } from './sources/builtin.js'
import { loadLlmbar } from './sources/llmbar.js'

/** The benchmark that a study names. Paths are relative to the project's root. */
export async function loadBenchmark(named: StudyBenchmark, project: Project): Promise<Benchmark> {
  const path = named.path === undefined ? undefined : resolve(project.root, named.path)
  switch (named.source) {
    case 'builtin':
      return loadBuiltin(project, path)
    case 'llmbar':
      if (path === undefined)
        throw new ConfigError('expected a path to the LLMBar data, found nothing', 'benchmark.path')
      return loadLlmbar(path)
  }
}
