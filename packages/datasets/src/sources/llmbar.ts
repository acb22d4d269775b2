import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetFormatError, type Example, parseExample, parseJson, type Where } from '@judgelab/core'
import { type Benchmark, benchmarkOf } from '../benchmark.js'
import { loadExamples } from './load-examples.js'

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
 * @throws {DatasetFormatError} if the folder holds neither, or at the first malformed item
 */
export async function loadLlmbar(folder: string): Promise<Benchmark> {
  const items = join(folder, 'items.jsonl')
  const examples = existsSync(items)
    ? await loadExamples(items, neutralExample)
    : await originalExamples(datasetFolder(folder))
  return benchmarkOf({
    name: 'LLMBar',
    synthetic: false,
    examples,
    about: 'LLMBar (Zeng et al. 2024): two outputs for one instruction, and which of them people call better.',
  })
}

/** The folder that holds `Natural/` and `Adversarial/` in the original layout. */
export function datasetFolder(folder: string): string {
  const candidates = ['Dataset/LLMBar', 'original/Dataset/LLMBar', '.'].map((below) => join(folder, below))
  const found = candidates.find((candidate) => existsSync(join(candidate, 'Natural', 'dataset.json')))
  if (found !== undefined) return found
  throw new DatasetFormatError(
    'expected items.jsonl or Dataset/LLMBar/Natural/dataset.json (github.com/princeton-nlp/LLMBar), found neither',
    { file: folder },
  )
}

function neutralExample(value: unknown, where: Where): Example {
  const item = record(value, where)
  return toExample(
    { id: item.id, subset: item.category, prompt: item.prompt, a: item.responseA, b: item.responseB },
    chosenOf(item.label, ['A', 'B'], where),
    where,
  )
}

async function originalExamples(folder: string): Promise<Example[]> {
  const perSubset = LLMBAR_SUBSETS.map(async (subset) => {
    const file = join(folder, subset, 'dataset.json')
    return (await loadArray(file)).map((value, index) => {
      const where = itemAt(file, index)
      const item = record(value, where)
      return toExample(
        { id: `${subset}#${index}`, subset, prompt: item.input, a: item.output_1, b: item.output_2 },
        chosenOf(item.label, [1, 2], where),
        where,
      )
    })
  })
  return (await Promise.all(perSubset)).flat()
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
  throw new DatasetFormatError(
    `expected ${names.join(' or ')}, found ${label === undefined ? 'nothing' : JSON.stringify(label)}`,
    {
      ...where,
      field: 'label',
    },
  )
}

/** The items of a JSON file that holds one list. */
export async function loadArray(file: string): Promise<unknown[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DatasetFormatError('expected a file of the original LLMBar layout, found none', { file }, { cause })
  })
  const value = parseJson(text, { file })
  if (Array.isArray(value)) return value
  throw new DatasetFormatError(`expected a list, found ${JSON.stringify(value).slice(0, 60)}`, { file })
}

/** Where an item of a JSON list stands: such a file has no line of its own for each item. */
export function itemAt(file: string, index: number): Where {
  return { file: `${file}#${index}` }
}

/** A value as an object. */
export function record(value: unknown, where: Where & { readonly field?: string }): Record<string, unknown> {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
  throw new DatasetFormatError(`expected an object, found ${JSON.stringify(value)?.slice(0, 60) ?? 'nothing'}`, where)
}
