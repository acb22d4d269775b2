import { join } from 'node:path'
import { DatasetFormatError, type Outcome, presentationOf, readJsonl, type Where } from '@judgelab/core'
import { datasetFolder, LLMBAR_SUBSETS, loadArray, record } from './llmbar.js'

/** What somebody else's judge answered to one presentation. */
export interface RecordedAnswer {
  readonly outcome: Outcome
  /** The judge's text, or its end, where it was kept. */
  readonly raw?: string | undefined
}

/** Recorded answers by presentation id: what a `replay` judge answers with. */
export type RecordedAnswers = ReadonlyMap<string, RecordedAnswer>

/**
 * The recorded verdicts of one LLMBar judge: a `.jsonl` file of the neutral layout, or a folder of the original one with
 * `judge` naming evaluator and strategy, as in `GPT-4/Vanilla`. A verdict that upstream could not read is `failed`.
 *
 * @throws {DatasetFormatError} at the first malformed line
 */
export function loadLlmbarVerdicts(path: string, judge: string): Promise<RecordedAnswers> {
  return path.endsWith('.jsonl') ? neutralVerdicts(path) : originalVerdicts(datasetFolder(path), judge)
}

async function neutralVerdicts(file: string): Promise<RecordedAnswers> {
  const answers = new Map<string, RecordedAnswer>()
  for await (const { value, where } of readJsonl(file)) {
    const line = record(value, where)
    const slots = line.order === 'AB' ? [0, 1] : line.order === 'BA' ? [1, 0] : undefined
    if (slots === undefined)
      throw new DatasetFormatError(`expected AB or BA, found ${JSON.stringify(line.order)}`, {
        ...where,
        field: 'order',
      })
    const response = { A: 0, B: 1 }[String(line.verdict)]
    add(answers, line.id, slots, response ?? line.verdict, { raw: line.tail, finish: line.finish }, where)
  }
  return answers
}

async function originalVerdicts(folder: string, judge: string): Promise<RecordedAnswers> {
  const answers = new Map<string, RecordedAnswer>()
  for (const subset of LLMBAR_SUBSETS) {
    const file = join(folder, subset, 'evaluators', judge, 'result.json')
    for (const [index, value] of (await loadArray(file)).entries()) {
      const where = { file, line: index + 1 }
      const [passes] = record(value, where).results as unknown[]
      for (const [key, slots] of [
        ['swap = False', [0, 1]],
        ['swap = True', [1, 0]],
      ] as const) {
        const pass = record(record(passes, where)[key], where)
        const response = { '1': 0, '2': 1 }[String(pass.winner)]
        const [raw, finish] = Array.isArray(pass.completion) ? pass.completion : [pass.completion]
        add(answers, `${subset}#${index}`, slots, response ?? pass.winner, { raw, finish }, where)
      }
    }
  }
  return answers
}

function add(
  answers: Map<string, RecordedAnswer>,
  exampleId: unknown,
  slots: readonly number[],
  verdict: unknown,
  told: { readonly raw: unknown; readonly finish: unknown },
  where: Where,
): void {
  if (typeof exampleId !== 'string')
    throw new DatasetFormatError(`expected a text, found ${JSON.stringify(exampleId)}`, { ...where, field: 'id' })
  const { id } = presentationOf({ exampleId, mode: 'pairwise', slots, repeat: 0 })
  const raw = typeof told.raw === 'string' ? told.raw : undefined
  answers.set(id, { outcome: outcomeOf(verdict, slots, told.finish, where), ...(raw === undefined ? {} : { raw }) })
}

function outcomeOf(verdict: unknown, slots: readonly number[], finish: unknown, where: Where): Outcome {
  if (typeof verdict === 'number') return { kind: 'choice', slot: slots.indexOf(verdict) }
  if (verdict === 'tie') return { kind: 'choice', slot: 'tie' }
  if (verdict === null || verdict === undefined)
    return { kind: 'failed', reason: finish === 'length' ? 'length' : 'unparsed' }
  throw new DatasetFormatError(`expected the first, the second, tie or null, found ${JSON.stringify(verdict)}`, {
    ...where,
    field: 'verdict',
  })
}
