import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatasetFormatError, type Example, type ProblemPolicy, parseExample, type Where } from '@judgelab/core'
import { type Benchmark, benchmarkOf } from '../benchmark.js'
import { createProblemLog } from '../validation/problem-log.js'
import { collectExamples } from './collect-examples.js'
import { fieldsOf, needs } from './needs.js'
import type { ReadExamples } from './read-examples.js'

/** LLMBar's subsets by their folder in the original layout, in the order of the paper. */
export const LLMBAR_SUBSETS: readonly string[] = [
  'Natural',
  'Adversarial/Neighbor',
  'Adversarial/GPTInst',
  'Adversarial/GPTOut',
  'Adversarial/Manual',
]

/**
 * LLMBar: pairs of outputs with one human label each. Reads the neutral layout (`items.jsonl`) or the original one
 * (`Dataset/LLMBar/Natural/dataset.json` and its neighbours), whichever the folder holds; both give the same examples.
 *
 * @see Zeng et al. (2024), Evaluating Large Language Models at Evaluating Instruction Following, arXiv:2310.07641
 * @throws {DatasetFormatError} if the folder holds neither, a file of the original layout is no list, and as `readExamples`
 */
export async function loadLlmbar(
  folder: string,
  { problems = 'strict' }: { readonly problems?: ProblemPolicy | undefined } = {},
): Promise<Benchmark> {
  const { examples, report } = await collectExamples({
    ...layoutOf(folder),
    ownership: 'published',
    log: createProblemLog(problems),
  })
  return benchmarkOf({
    name: 'LLMBar',
    synthetic: false,
    examples,
    about: 'LLMBar (Zeng et al. 2024): two outputs for one instruction, and which of them people call better.',
    report,
  })
}

function layoutOf(folder: string): Pick<ReadExamples, 'files' | 'format' | 'fromRow'> {
  const items = join(folder, 'items.jsonl')
  if (existsSync(items)) return { files: [items], format: 'jsonl', fromRow: neutralExample }
  const dataset = datasetFolder(folder)
  const subsets = new Map(LLMBAR_SUBSETS.map((subset) => [join(dataset, subset, 'dataset.json'), subset]))
  return {
    files: [...subsets.keys()],
    format: 'json-list',
    fromRow: (value, where, { file, at }) => originalExample(value, where, subsets.get(file) as string, at),
  }
}

/** The folder that holds `Natural/` and `Adversarial/` in the original layout. */
export function datasetFolder(folder: string): string {
  const candidates = ['Dataset/LLMBar', 'original/Dataset/LLMBar', '.'].map((below) => join(folder, below))
  const found = candidates.find((candidate) => existsSync(join(candidate, 'Natural', 'dataset.json')))
  if (found !== undefined) return found
  throw new DatasetFormatError(
    'expected items.jsonl or Dataset/LLMBar/Natural/dataset.json (github.com/princeton-nlp/LLMBar), found neither\n  `judgelab fetch llmbar --to <folder>` fetches them where there is a network',
    { file: folder },
  )
}

function neutralExample(value: unknown, where: Where): Example {
  const item = fieldsOf(value, where)
  return toExample(
    { id: item.id, subset: item.category, prompt: item.prompt, a: item.responseA, b: item.responseB },
    chosenOf(item.label, ['A', 'B'], where),
    where,
  )
}

function originalExample(value: unknown, where: Where, subset: string, index: number): Example {
  const item = fieldsOf(value, where)
  return toExample(
    { id: `${subset}#${index}`, subset, prompt: item.input, a: item.output_1, b: item.output_2 },
    chosenOf(item.label, [1, 2], where),
    where,
  )
}

function toExample(
  item: Record<'id' | 'subset' | 'prompt' | 'a' | 'b', unknown>,
  chosen: number,
  where: Where,
): Example {
  const value = {
    v: 1,
    id: item.id,
    subset: item.subset,
    prompt: item.prompt,
    responses: [{ text: item.a }, { text: item.b }],
    chosen: [chosen],
    metadata: {},
  }
  return parseExample(value, where)
}

function chosenOf(label: unknown, names: readonly [unknown, unknown], where: Where): number {
  const index = names.indexOf(label)
  if (index >= 0) return index
  throw needs(names.join(' or '), label, 'label', where)
}
