import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatasetFormatError, type Outcome, presentationOf, readJsonl, type Where } from '@judgelab/core'
import { datasetFolder, itemAt, LLMBAR_SUBSETS, loadArray, record } from './llmbar.js'

/** What somebody else's judge answered to one presentation. */
export interface RecordedAnswer {
  readonly outcome: Outcome
  /** The judge's text, or its end, where it was kept. */
  readonly raw?: string | undefined
}

/** Recorded answers by presentation id: what a `replay` judge answers with. */
export type RecordedAnswers = ReadonlyMap<string, RecordedAnswer>

/**
 * The recorded verdicts of one LLMBar judge: a `.jsonl` file of the neutral layout, or a folder of either layout with
 * `judge` naming evaluator and strategy, as in `GPT-4/Vanilla`: `verdicts/GPT-4__Vanilla.jsonl` where there is one, else
 * `evaluators/GPT-4/Vanilla/result.json` of every subset. A verdict that upstream could not read is `failed`.
 *
 * @throws {DatasetFormatError} at the first malformed line
 */
export function loadLlmbarVerdicts(path: string, judge: string): Promise<RecordedAnswers> {
  if (path.endsWith('.jsonl')) return neutralVerdicts(path)
  const neutral = join(path, 'verdicts', `${judge.replaceAll('/', '__')}.jsonl`)
  return existsSync(neutral) ? neutralVerdicts(neutral) : originalVerdicts(datasetFolder(path), judge)
}

async function neutralVerdicts(file: string): Promise<RecordedAnswers> {
  const answers = new Map<string, RecordedAnswer>()
  for await (const { value, where } of readJsonl(file)) {
    const line = record(value, where)
    const slots = slotsOfOrder(line.order, where)
    const preferred = preferredOf(line.verdict, ['A', 'B'], { ...where, field: 'verdict' })
    add(answers, { exampleId: line.id, slots, preferred, raw: line.tail, finish: line.finish }, where)
  }
  return nonEmpty(answers, file)
}

function slotsOfOrder(order: unknown, where: Where): readonly number[] {
  if (order === 'AB') return [0, 1]
  if (order === 'BA') return [1, 0]
  throw new DatasetFormatError(`expected AB or BA, found ${shown(order)}`, { ...where, field: 'order' })
}

/** The two passes of an item in the original layout, and the order in which each showed the outputs. */
const ORIGINAL_PASSES = [
  ['swap = False', [0, 1]],
  ['swap = True', [1, 0]],
] as const

async function originalVerdicts(folder: string, judge: string): Promise<RecordedAnswers> {
  const answers = new Map<string, RecordedAnswer>()
  for (const subset of LLMBAR_SUBSETS) {
    const file = join(folder, subset, 'evaluators', judge, 'result.json')
    for (const [index, value] of (await loadArray(file)).entries()) {
      const where = itemAt(file, index)
      const { results } = record(value, where)
      const passes = record(Array.isArray(results) ? results[0] : results, { ...where, field: 'results' })
      for (const [key, slots] of ORIGINAL_PASSES) {
        const field = `results.0.${key}`
        const pass = record(passes[key], { ...where, field })
        const preferred = preferredOf(pass.winner, ['1', '2'], { ...where, field: `${field}.winner` })
        const [raw, finish] = Array.isArray(pass.completion) ? pass.completion : [pass.completion]
        add(answers, { exampleId: `${subset}#${index}`, slots, preferred, raw, finish }, where)
      }
    }
  }
  return nonEmpty(answers, folder)
}

/** The response that a recorded verdict names, `tie`, or null for a verdict that upstream could not read. */
function preferredOf(
  verdict: unknown,
  names: readonly [string, string],
  where: Where & { readonly field: string },
): number | 'tie' | null {
  if (verdict === null || verdict === 'tie') return verdict
  const response = (names as readonly unknown[]).indexOf(verdict)
  if (response >= 0) return response
  throw new DatasetFormatError(`expected ${names.join(', ')}, tie or null, found ${shown(verdict)}`, where)
}

interface RecordedPass {
  readonly exampleId: unknown
  readonly slots: readonly number[]
  readonly preferred: number | 'tie' | null
  readonly raw: unknown
  readonly finish: unknown
}

function add(
  answers: Map<string, RecordedAnswer>,
  { exampleId, slots, preferred, raw, finish }: RecordedPass,
  where: Where,
): void {
  if (typeof exampleId !== 'string')
    throw new DatasetFormatError(`expected a text, found ${shown(exampleId)}`, { ...where, field: 'id' })
  const { id } = presentationOf({ exampleId, mode: 'pairwise', slots, repeat: 0 })
  if (answers.has(id))
    throw new DatasetFormatError(`expected one verdict for each item and order, found a second one of "${exampleId}"`, {
      ...where,
      field: 'id',
    })
  answers.set(id, { outcome: outcomeOf(preferred, slots, finish), ...(typeof raw === 'string' ? { raw } : {}) })
}

function outcomeOf(preferred: number | 'tie' | null, slots: readonly number[], finish: unknown): Outcome {
  if (preferred === null) return { kind: 'failed', reason: finish === 'length' ? 'length' : 'unparsed' }
  return { kind: 'choice', slot: preferred === 'tie' ? 'tie' : slots.indexOf(preferred) }
}

/** A replay of nothing would look like a judge that always fails. */
function nonEmpty(answers: RecordedAnswers, path: string): RecordedAnswers {
  if (answers.size > 0) return answers
  throw new DatasetFormatError('expected recorded verdicts, found none', { file: path })
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 60)
}
