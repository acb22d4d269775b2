import { type Example, type ProblemPolicy, parseExample, type Where } from '@judgelab/core'
import { REWARD_BENCH_SECTIONS, REWARD_BENCH_WEIGHTS } from '@judgelab/scoring'
import { type Benchmark, benchmarkOf } from '../benchmark.js'
import { createProblemLog } from '../validation/problem-log.js'
import { collectExamples } from './collect-examples.js'
import { fieldsOf, needs } from './needs.js'
import { type Published, publishedFiles } from './published-files.js'
import type { Watched } from './read-examples.js'

/**
 * RewardBench (the first one), split `filtered`: from the Hub, or from a Parquet or JSONL file, or a folder of them.
 *
 * @see Lambert et al. (2024), RewardBench: Evaluating Reward Models for Language Modeling, arXiv:2403.13787
 */
export async function loadRewardBench(
  asked: Published & Watched & { readonly problems?: ProblemPolicy | undefined },
): Promise<Benchmark> {
  const { files, format, origin } = await publishedFiles(asked, {
    repository: 'allenai/reward-bench',
    include: /^data\/filtered-.*\.parquet$/,
  })
  const log = createProblemLog(asked.problems ?? 'strict')
  const collected = await collectExamples({ ...asked, files, format, fromRow, ownership: 'published', log })
  return benchmarkOf(
    {
      name: 'RewardBench',
      synthetic: false,
      about: `RewardBench (Lambert et al. 2024), split filtered${origin === undefined ? '' : `, revision ${origin.revision.slice(0, 12)}`}: a chosen and a rejected response to each prompt.`,
      ...collected,
      origin,
    },
    collected.fingerprint,
  )
}

/** Ids are whole numbers that need not differ between subsets: an example's id is `<subset>#<id>`. */
function fromRow(row: unknown, where: Where): Example {
  const { id, prompt, chosen, chosen_model, rejected, rejected_model, subset, ...others } = fieldsOf(row, where)
  if (typeof id !== 'string' && !Number.isSafeInteger(id)) throw needs('a whole number', id, 'id', where)
  const section = REWARD_BENCH_SECTIONS.find((name) => Object.hasOwn(REWARD_BENCH_WEIGHTS[name], String(subset)))
  const value = {
    v: 1,
    id: `${subset}#${id}`,
    subset,
    prompt,
    responses: [response(chosen, chosen_model), response(rejected, rejected_model)],
    chosen: [0],
    metadata: { ...others, ...(section === undefined ? {} : { section }) },
  }
  return parseExample(value, where)
}

function response(text: unknown, model: unknown): unknown {
  return typeof model === 'string' && model !== '' ? { text, model } : { text }
}
