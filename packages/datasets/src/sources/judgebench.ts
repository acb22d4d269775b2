import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError, type Example, type ProblemPolicy, parseExample, type Where } from '@judgelab/core'
import { type Benchmark, benchmarkOf } from '../benchmark.js'
import { createProblemLog } from '../validation/problem-log.js'
import { collectExamples } from './collect-examples.js'
import { fieldsOf, needs } from './needs.js'
import type { Watched } from './read-examples.js'

/** JudgeBench's categories, in the order of the paper, by what their sources begin with. */
const CATEGORIES: readonly (readonly [category: string, source: string])[] = [
  ['Knowledge', 'mmlu-pro'],
  ['Reasoning', 'livebench-reasoning'],
  ['Math', 'livebench-math'],
  ['Coding', 'livecodebench'],
]

export const JUDGEBENCH_SUBSETS: readonly string[] = CATEGORIES.map(([category]) => category)

/**
 * JudgeBench in its original layout: a `.jsonl` file of pairs, or a folder with `data/*.jsonl` (or the files themselves),
 * read in the order of their names. Recorded outputs have the same fields and are read as pairs too.
 *
 * @see Tan et al. (2025), JudgeBench: A Benchmark for Evaluating LLM-based Judges, arXiv:2410.12784
 */
export async function loadJudgeBench(
  asked: Watched & { readonly path: string; readonly problems?: ProblemPolicy | undefined },
): Promise<Benchmark> {
  const files = await pairFiles(asked.path)
  const log = createProblemLog(asked.problems ?? 'strict')
  const collected = await collectExamples({
    ...asked,
    files,
    format: 'jsonl',
    fromRow: fromJudgeBenchPair,
    ownership: 'published',
    log,
  })
  return benchmarkOf(
    {
      name: 'JudgeBench',
      synthetic: false,
      about: 'JudgeBench (Tan et al. 2025): two responses by one model to a hard question, of which one is right.',
      ...collected,
    },
    collected.fingerprint,
  )
}

async function pairFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new DatasetFormatError(
      'expected a file or folder (github.com/ScalerLab/JudgeBench), found none',
      { file: path },
      { cause },
    )
  })
  if (!found.isDirectory()) return [path]
  for (const folder of [join(path, 'data'), path]) {
    const names = await readdir(folder).catch(() => [])
    const files = names.filter((name) => name.endsWith('.jsonl')).sort()
    if (files.length > 0) return files.map((name) => join(folder, name))
  }
  throw new DatasetFormatError('expected data/*.jsonl (github.com/ScalerLab/JudgeBench), found none', { file: path })
}

/** A pair: response A is the first, response B the second, and the label says which is right. */
export function fromJudgeBenchPair(row: unknown, where: Where): Example {
  const pair = fieldsOf(row, where)
  const model = typeof pair.response_model === 'string' ? { model: pair.response_model } : {}
  const value = {
    v: 1,
    id: pair.pair_id,
    subset: categoryOf(pair.source, where),
    prompt: pair.question,
    responses: [
      { text: pair.response_A, ...model },
      { text: pair.response_B, ...model },
    ],
    chosen: [rightOf(pair.label, where)],
    metadata: { source: pair.source, original_id: pair.original_id ?? null },
  }
  return parseExample(value, where)
}

function categoryOf(source: unknown, where: Where): string {
  const known = CATEGORIES.find(([, begin]) => typeof source === 'string' && source.startsWith(begin))
  if (known !== undefined) return known[0]
  throw needs(`a source that begins with ${CATEGORIES.map(([, begin]) => begin).join(', ')}`, source, 'source', where)
}

function rightOf(label: unknown, where: Where): number {
  const right = ['A>B', 'B>A'].indexOf(label as string)
  if (right >= 0) return right
  throw needs('A>B or B>A', label, 'label', where)
}
