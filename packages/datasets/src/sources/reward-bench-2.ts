import type { Example, ProblemPolicy, Where } from '@judgelab/core'
import { type Benchmark, benchmarkOf } from '../benchmark.js'
import { createProblemLog } from '../validation/problem-log.js'
import { collectExamples } from './collect-examples.js'
import { type Published, publishedFiles } from './published-files.js'
import type { Watched } from './read-examples.js'
import { fromRewardBench2Row } from './reward-bench-2-row.js'

/** RewardBench 2's subsets, in the order of its rows. */
export const REWARD_BENCH_2_SUBSETS: readonly string[] = ['Factuality', 'Precise IF', 'Math', 'Safety', 'Focus', 'Ties']

/**
 * RewardBench 2, split `test`: from the Hub, or from a Parquet or JSONL file, or a folder of Parquet files.
 *
 * @see Malik et al. (2025), RewardBench 2: Advancing Reward Model Evaluation, arXiv:2506.01937
 */
export async function loadRewardBench2(
  asked: Published & Watched & { readonly problems?: ProblemPolicy | undefined },
): Promise<Benchmark> {
  const { files, format, origin } = await publishedFiles(asked, {
    repository: 'allenai/reward-bench-2',
    include: /^data\/test-.*\.parquet$/,
  })
  const log = createProblemLog(asked.problems ?? 'strict')
  const fromRow = fromRewardBench2PublishedRow
  const collected = await collectExamples({ ...asked, files, format, fromRow, ownership: 'published', log })
  return benchmarkOf(
    {
      name: 'RewardBench 2',
      synthetic: false,
      about: `RewardBench 2 (Malik et al. 2025), split test${origin === undefined ? '' : `, revision ${origin.revision.slice(0, 12)}`}: one or several right responses among wrong ones.`,
      ...collected,
      origin,
    },
    collected.fingerprint,
  )
}

/**
 * A row of RewardBench 2. In Ties, `ref:N` and `tied:N` ask the same question with one and with several right answers:
 * `metadata.siblings` is the same for both, so that no split need divide them.
 */
export function fromRewardBench2PublishedRow(row: unknown, where: Where): Example {
  const example = fromRewardBench2Row(row, where)
  const number = /^(?:ref|tied):(.+)$/.exec(example.id)?.[1]
  if (number === undefined) return example
  return { ...example, metadata: { ...example.metadata, siblings: `ties:${number}` } }
}
