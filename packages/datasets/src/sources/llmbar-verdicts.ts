import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome, Where } from '@judgelab/core'
import type { ProblemLog } from '../validation/problem-log.js'
import { datasetFolder, LLMBAR_SUBSETS } from './llmbar.js'
import { fieldsOf, needs } from './needs.js'
import { type RecordedAnswers, type RecordedFiles, type RecordedPass, readRecordedAnswers } from './recorded-answers.js'

/**
 * The recorded verdicts of one LLMBar judge: a `.jsonl` file of the neutral layout, or a folder of either layout with
 * `judge` naming evaluator and strategy, as in `GPT-4/Vanilla`: `verdicts/GPT-4__Vanilla.jsonl` where there is one, else
 * `evaluators/GPT-4/Vanilla/result.json` of every subset. A verdict that upstream could not read is `failed`.
 *
 * @throws {DatasetFormatError} as `readRecordedAnswers`
 */
export async function loadLlmbarVerdicts(path: string, judge: string, log?: ProblemLog): Promise<RecordedAnswers> {
  return readRecordedAnswers(layoutOf(path, judge), log)
}

function layoutOf(path: string, judge: string): RecordedFiles {
  const neutral = path.endsWith('.jsonl') ? path : join(path, 'verdicts', `${judge.replaceAll('/', '__')}.jsonl`)
  if (path.endsWith('.jsonl') || existsSync(neutral))
    return { files: [neutral], format: 'jsonl', fromRow: (row, where) => [neutralPass(row, where)] }
  const dataset = datasetFolder(path)
  const subsets = new Map(
    LLMBAR_SUBSETS.map((subset) => [join(dataset, subset, 'evaluators', judge, 'result.json'), subset]),
  )
  return {
    files: [...subsets.keys()],
    format: 'json-list',
    fromRow: ({ results }, where, { file, at }) => originalPasses(results, `${subsets.get(file)}#${at}`, where),
  }
}

function neutralPass(line: Readonly<Record<string, unknown>>, where: Where): RecordedPass {
  const { id, order, verdict, tail, finish } = line
  if (typeof id !== 'string') throw needs('a text', id, 'id', where)
  const slots = slotsOfOrder(order, where)
  return passOf(id, slots, { preferred: preferredOf(verdict, ['A', 'B'], 'verdict', where), raw: tail, finish })
}

function slotsOfOrder(order: unknown, where: Where): readonly number[] {
  if (order === 'AB') return [0, 1]
  if (order === 'BA') return [1, 0]
  throw needs('AB or BA', order, 'order', where)
}

/** The two passes of an item in the original layout, and the order in which each showed the outputs. */
const ORIGINAL_PASSES = [
  ['swap = False', [0, 1]],
  ['swap = True', [1, 0]],
] as const

function originalPasses(results: unknown, exampleId: string, where: Where): RecordedPass[] {
  const passes = fieldsOf(Array.isArray(results) ? results[0] : results, where, 'results')
  return ORIGINAL_PASSES.map(([key, slots]) => {
    const field = `results.0.${key}`
    const { winner, completion } = fieldsOf(passes[key], where, field)
    const preferred = preferredOf(winner, ['1', '2'], `${field}.winner`, where)
    const [raw, finish] = Array.isArray(completion) ? completion : [completion]
    return passOf(exampleId, slots, { preferred, raw, finish })
  })
}

/** The response that a recorded verdict names, `tie`, or null for a verdict that upstream could not read. */
function preferredOf(
  verdict: unknown,
  names: readonly [string, string],
  field: string,
  where: Where,
): number | 'tie' | null {
  if (verdict === null || verdict === 'tie') return verdict
  const response = (names as readonly unknown[]).indexOf(verdict)
  if (response >= 0) return response
  throw needs(`${names.join(', ')}, tie or null`, verdict, field, where)
}

function passOf(
  exampleId: string,
  slots: readonly number[],
  { preferred, raw, finish }: { preferred: number | 'tie' | null; raw: unknown; finish: unknown },
): RecordedPass {
  const outcome = outcomeOf(preferred, slots, finish)
  return { exampleId, slots, outcome, ...(typeof raw === 'string' ? { raw } : {}) }
}

function outcomeOf(preferred: number | 'tie' | null, slots: readonly number[], finish: unknown): Outcome {
  if (preferred === null) return { kind: 'failed', reason: finish === 'length' ? 'length' : 'unparsed' }
  return { kind: 'choice', slot: preferred === 'tie' ? 'tie' : slots.indexOf(preferred) }
}
