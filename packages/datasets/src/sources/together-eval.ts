import type { Example, Outcome, Where } from '@judgelab/core'
import type { Benchmark } from '../benchmark.js'
import type { ProblemLog } from '../validation/problem-log.js'
import { needs } from './needs.js'
import { type RecordedAnswers, readRecordedAnswers } from './recorded-answers.js'
import { formatOf } from './rows/read-rows.js'

/** Columns under which a dataset for a compare evaluation holds the two responses, A first. */
export const RESPONSE_COLUMNS: readonly (readonly [string, string])[] = [
  ['response_a', 'response_b'],
  ['response_A', 'response_B'],
  ['model_a', 'model_b'],
  ['model_a_output', 'model_b_output'],
  ['MODEL_TO_EVALUATE_OUTPUT_A', 'MODEL_TO_EVALUATE_OUTPUT_B'],
  ['chosen', 'rejected'],
  ['chosen', 'rejected_1'],
  ['chosen_response', 'rejected_response'],
]
const ID_COLUMNS = ['id', 'example_id', 'exampleId']

/**
 * The recorded verdicts of a compare evaluation of Together: its result file (JSONL or CSV), whose rows hold the columns
 * of the dataset and the service's own. Rows are matched to the benchmark by id where they have one, else by the texts
 * of the two responses (and the prompt, where two examples share both). `choice_original` is the pass that saw A first;
 * `choice_flipped` saw B first and is already in original terms. A pass without a readable choice is `failed`.
 *
 * @throws {DatasetFormatError} as `readRecordedAnswers`; a row that belongs to no example, or has no choices, is malformed
 */
export async function loadTogetherEval(path: string, benchmark: Benchmark, log?: ProblemLog): Promise<RecordedAnswers> {
  const place = placer(benchmark)
  return readRecordedAnswers(
    {
      files: [path],
      format: formatOf(path),
      fromRow: (row, where) => {
        if (!('choice_original' in row) && !('choice_flipped' in row))
          throw needs('choice_original and choice_flipped', undefined, 'choice_original', where)
        const { exampleId, a, b } = place(row, where)
        return (['original', 'flipped'] as const).map((pass) => {
          const slots = pass === 'original' ? [a, b] : [b, a]
          const raw = row[`judge_raw_output_${pass}`]
          return {
            exampleId,
            slots,
            outcome: outcomeOf(row, pass, slots, a, b),
            ...(typeof raw === 'string' ? { raw } : {}),
          }
        })
      },
    },
    log,
  )
}

function outcomeOf(
  row: Readonly<Record<string, unknown>>,
  pass: 'original' | 'flipped',
  slots: readonly number[],
  a: number,
  b: number,
): Outcome {
  const choice = row[`choice_${pass}`]
  if (choice === 'A' || choice === 'B') return { kind: 'choice', slot: slots.indexOf(choice === 'A' ? a : b) }
  if (typeof choice === 'string' && choice.toLowerCase() === 'tie') return { kind: 'choice', slot: 'tie' }
  const isFailed = String(row.evaluation_successful).toLowerCase() === 'false'
  return { kind: 'failed', reason: isFailed ? 'error' : 'unparsed' }
}

interface Place {
  readonly exampleId: string
  /** Indices of the responses that the dataset called A and B. */
  readonly a: number
  readonly b: number
}

/** Finds the example and the responses that a row is about. */
function placer({ examples }: Benchmark): (row: Readonly<Record<string, unknown>>, where: Where) => Place {
  const byId = new Map(examples.map((example) => [example.id, example]))
  const byText = new Map<string, Example[]>()
  for (const example of examples)
    for (const text of new Set(example.responses.map((response) => response.text)))
      byText.set(text, [...(byText.get(text) ?? []), example])

  return (row, where) => {
    const columns = RESPONSE_COLUMNS.find((pair) => pair.every((name) => typeof row[name] === 'string'))
    if (columns === undefined)
      throw needs(
        `the columns of the two responses (${RESPONSE_COLUMNS.map((pair) => pair.join(' and ')).join(', ')})`,
        Object.keys(row),
        undefined,
        where,
      )
    const [textA, textB] = [row[columns[0]] as string, row[columns[1]] as string]
    const idColumn = ID_COLUMNS.find((name) => byId.has(String(row[name])))
    const named = idColumn === undefined ? [] : [byId.get(String(row[idColumn])) as Example]
    const candidates = named.length > 0 ? named : (byText.get(textA) ?? [])
    const places = candidates.flatMap((example) => placeIn(example, textA, textB))
    const [only, ...others] =
      places.length > 1 ? places.filter(({ exampleId }) => asks(byId.get(exampleId), row)) : places
    if (only === undefined)
      throw needs(`responses of an example of the benchmark in ${columns.join(' and ')}`, textA, undefined, where)
    if (others.length === 0) return only
    throw needs(
      'a row that belongs to one example (give it an id)',
      places.map(({ exampleId }) => exampleId),
      undefined,
      where,
    )
  }
}

function placeIn({ id, responses }: Example, textA: string, textB: string): Place[] {
  const a = responses.findIndex(({ text }) => text === textA)
  const b = responses.findIndex(({ text }, at) => text === textB && at !== a)
  return a < 0 || b < 0 ? [] : [{ exampleId: id, a, b }]
}

function asks(example: Example | undefined, row: Readonly<Record<string, unknown>>): boolean {
  return Object.values(row).includes(example?.prompt)
}
