import { type Example, type Presentation, runFolder } from '@judgelab/core'
import { type Judge, presentationsDigest, presentComparisons, type RunRequest, runIdOf, show } from '../src/index.js'
import { firstComparisons, someExamples } from './benchmark.js'

/** What a test may choose of a run. */
export interface AskedRun extends Omit<Partial<RunRequest>, 'judge'> {
  readonly judge: Judge
  readonly examples?: number
}

/** A request for a run over some examples in both orders, in a folder of runs. */
export function runRequest(runs: string, { judge, examples: count = 10, ...rest }: AskedRun): RunRequest {
  const examples = someExamples(count)
  const presentations = presentComparisons(firstComparisons(examples), { mode: 'pairwise', orders: 'both' })
  const runId = runIdOf(judge, 'fingerprint', presentationsDigest(presentations))
  return {
    judge,
    presentations,
    show: (presentation) => show(presentation, exampleOf(examples, presentation)),
    run: runFolder(runs, runId),
    manifest: {
      formatVersion: 1,
      runId,
      study: 'test',
      judge: { ...judge.spec, id: judge.id, name: judge.name },
      promptSha256: null,
      dataset: { name: 'test', fingerprint: 'fingerprint', synthetic: true, examples: count },
      split: null,
      presentations: { count: presentations.length, sha256: presentationsDigest(presentations) },
      seed: null,
      rehearsed: false,
      software: { node: process.versions.node },
      git: null,
      startedAt: '2026-11-22T00:00:00.000Z',
    },
    ...rest,
  }
}

function exampleOf(examples: readonly Example[], presentation: Presentation): Example {
  return examples.find(({ id }) => id === presentation.exampleId) as Example
}
