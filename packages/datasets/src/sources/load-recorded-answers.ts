import type { RecordedFormat } from '@judgelab/core'
import type { Benchmark } from '../benchmark.js'
import type { ProblemLog } from '../validation/problem-log.js'
import { loadJudgeBenchVerdicts } from './judgebench-verdicts.js'
import { loadLlmbarVerdicts } from './llmbar-verdicts.js'
import type { RecordedAnswers } from './recorded-answers.js'
import { loadTogetherEval } from './together-eval.js'

/** Verdicts that somebody else's judge gave. */
export interface RecordedSource {
  /** Whose layout; defaults to llmbar. */
  readonly format?: RecordedFormat | undefined
  readonly path: string
  /** The judge, where the path is a folder of several. */
  readonly model: string
  /** What was judged: rows of `together-eval` are matched to its examples. */
  readonly benchmark: Benchmark
  /** As of `readRecordedAnswers`. */
  readonly log?: ProblemLog | undefined
}

/** Recorded verdicts by presentation id, whatever layout they were published in. */
export function loadRecordedAnswers({
  format = 'llmbar',
  path,
  model,
  benchmark,
  log,
}: RecordedSource): Promise<RecordedAnswers> {
  switch (format) {
    case 'llmbar':
      return loadLlmbarVerdicts(path, model, log)
    case 'judgebench':
      return loadJudgeBenchVerdicts(path, model, log)
    case 'together-eval':
      return loadTogetherEval(path, benchmark, log)
  }
}
