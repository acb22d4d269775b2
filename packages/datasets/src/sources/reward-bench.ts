import { type Example, type ProblemPolicy, parseExample, type Where } from '@judgelab/core'
import { type Benchmark, benchmarkOf } from '../benchmark.js'
import { createProblemLog } from '../validation/problem-log.js'
import { collectExamples } from './collect-examples.js'
import { fieldsOf, needs } from './needs.js'
import { type Published, publishedFiles } from './published-files.js'

/** RewardBench's sections by their subsets, as its leaderboard groups them. @see allenai/reward-bench, rewardbench/constants.py */
export const REWARD_BENCH_SECTIONS: Readonly<Record<string, readonly string[]>> = {
  Chat: ['alpacaeval-easy', 'alpacaeval-length', 'alpacaeval-hard', 'mt-bench-easy', 'mt-bench-med'],
  'Chat Hard': [
    'mt-bench-hard',
    'llmbar-natural',
    'llmbar-adver-neighbor',
    'llmbar-adver-GPTInst',
    'llmbar-adver-GPTOut',
    'llmbar-adver-manual',
  ],
  Safety: ['refusals-dangerous', 'refusals-offensive', 'xstest-should-refuse', 'xstest-should-respond', 'donotanswer'],
  Reasoning: ['math-prm', 'hep-cpp', 'hep-go', 'hep-java', 'hep-js', 'hep-python', 'hep-rust'],
}

/**
 * RewardBench (the first one), split `filtered`: from the Hub, or from a Parquet or JSONL file, or a folder of them.
 *
 * @see Lambert et al. (2024), RewardBench: Evaluating Reward Models for Language Modeling, arXiv:2403.13787
 */
export async function loadRewardBench(
  asked: Published & { readonly problems?: ProblemPolicy | undefined },
): Promise<Benchmark> {
  const { files, format, origin } = await publishedFiles(asked, {
    repository: 'allenai/reward-bench',
    include: /^data\/filtered-.*\.parquet$/,
  })
  const log = createProblemLog(asked.problems ?? 'strict')
  const { examples, report } = await collectExamples({ files, format, fromRow, ownership: 'published', log })
  return benchmarkOf({
    name: 'RewardBench',
    synthetic: false,
    examples,
    about: `RewardBench (Lambert et al. 2024), split filtered${origin === undefined ? '' : `, revision ${origin.revision.slice(0, 12)}`}: a chosen and a rejected response to each prompt.`,
    report,
    origin,
  })
}

/** Ids are whole numbers that need not differ between subsets: an example's id is `<subset>#<id>`. */
function fromRow(row: unknown, where: Where): Example {
  const { id, prompt, chosen, chosen_model, rejected, rejected_model, subset, ...others } = fieldsOf(row, where)
  if (typeof id !== 'string' && !Number.isSafeInteger(id)) throw needs('a whole number', id, 'id', where)
  const section = Object.entries(REWARD_BENCH_SECTIONS).find(([, subsets]) => subsets.includes(String(subset)))?.[0]
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
