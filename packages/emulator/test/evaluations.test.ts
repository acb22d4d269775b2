import type Together from 'together-ai'
import { describe, expect, it } from 'vitest'
import type { EmulatorOptions } from '../src/index.js'
import { jsonl } from './preference-rows.js'
import { type Running, rejection, running } from './running.js'
import { putToTogether } from './uploads.js'

const LLAMA = 'meta-llama/Llama-4-Maverick-17B-128E-Instruct'
const EXACT = { noiseNats: 0, wobbleNats: 0, positionBiasNats: 0, tieBandNats: 0 }
const ROWS = [
  {
    prompt: 'What is the capital of Australia?',
    chosen: 'The capital of Australia is Canberra.',
    rejected: 'dunno??? lol',
  },
  { prompt: 'Name a prime above 10.', chosen: 'One prime above 10 is 11.', rejected: 'maybe 12? idk!!!' },
  { prompt: 'Say hello.', chosen: 'Hello!', rejected: 'Hello!' },
]
const JUDGE = {
  model: LLAMA,
  model_source: 'serverless' as const,
  system_template: 'Compare the answers to {{ prompt }}.',
}
const COMPARE = { model_a: 'chosen', model_b: 'rejected', judge: JUDGE }

type Parameters = Together.EvalCreateParams['parameters']

async function evaluate(
  { together }: Running,
  type: 'compare' | 'classify' | 'score',
  parameters: object,
  rows: readonly object[] | string = ROWS,
  name = 'rows.jsonl',
): Promise<{
  readonly statuses: string[]
  readonly results: Record<string, unknown>
  readonly rows: Record<string, unknown>[]
}> {
  const text = typeof rows === 'string' ? rows : jsonl(rows)
  const input_data_file_path = await putToTogether(together, name, 'eval', text)
  const created = await together.evals.create({
    type,
    parameters: { ...parameters, input_data_file_path } as Parameters,
  })
  const statuses = [created.status as string]
  for (;;) {
    const { status = '', results } = await together.evals.status(created.workflow_id ?? '')
    if (statuses.at(-1) !== status) statuses.push(status)
    if (!['completed', 'error', 'user_error'].includes(status)) continue
    const file = (results as { result_file_id?: string }).result_file_id
    const content = file === undefined ? '' : await (await together.files.content(file)).text()
    const read = content
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    return { statuses, results: results as Record<string, unknown>, rows: read }
  }
}

const exact = (more: EmulatorOptions = {}): EmulatorOptions => ({ models: { [LLAMA]: EXACT }, ...more })

describe('a compare evaluation', () => {
  it('judges in both orders and writes what each pass said, in original terms', async () => {
    const done = await evaluate(await running(exact()), 'compare', COMPARE)
    expect(done.statuses).toEqual(['pending', 'queued', 'running', 'completed'])
    expect(done.results).toMatchObject({ A_wins: 2, B_wins: 0, Ties: 1, generation_fail_count: 0, judge_fail_count: 0 })
    expect(done.rows[0]).toMatchObject({
      ...ROWS[0],
      choice_original: 'A',
      choice_flipped: 'A',
      final_decision: 'A',
      evaluation_successful: true,
      is_invalid_judge_output: false,
    })
    expect(JSON.parse(String(done.rows[0]?.judge_raw_output_flipped))).toMatchObject({ choice: 'B' })
    expect(done.rows[2]).toMatchObject({ final_decision: 'Tie' })
  })

  it('calls it a tie when a judge with a taste for the first slot contradicts itself', async () => {
    const biased = { models: { [LLAMA]: { ...EXACT, judge: 'first' as const } } }
    const done = await evaluate(await running(biased), 'compare', COMPARE)
    expect(done.results).toMatchObject({ A_wins: 0, B_wins: 0, Ties: 3 })
    const one = await evaluate(await running(biased), 'compare', { ...COMPARE, disable_position_bias_correction: true })
    expect(one.results).toMatchObject({ A_wins: 3 })
    expect(one.rows[0]).not.toHaveProperty('choice_flipped')
  })

  it('lets the readable pass decide, and is an error when more than 30 % of the rows have none', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => ({ ...ROWS[0], prompt: `Question ${at}` }))
    const some = await evaluate(
      await running(exact({ faults: { seed: 1, rates: { 'wrong-label': 0.2 } } })),
      'compare',
      COMPARE,
      rows,
    )
    const half = some.rows.filter((row) => row.is_invalid_judge_output === true && row.evaluation_successful === true)
    expect(half.length).toBeGreaterThan(3)
    for (const row of half) {
      expect([row.choice_original, row.choice_flipped]).toContain(null)
      expect(row.final_decision).toBe(row.choice_original ?? row.choice_flipped)
    }
    const invalid = some.rows
      .flatMap((row) => [row.choice_original, row.choice_flipped])
      .filter((choice) => choice === null)
    expect(some.results.judge_fail_count).toBe(invalid.length)
    const most = await evaluate(
      await running(exact({ faults: { rates: { 'server-error': 0.8 } } })),
      'compare',
      COMPARE,
      rows,
    )
    expect(most.statuses.at(-1)).toBe('error')
    expect(most.results).toEqual({ error: expect.stringContaining('more than 30%') })
  })

  it('makes responses by models where it is asked to, and reads CSV', async () => {
    const maker = {
      model: LLAMA,
      model_source: 'serverless',
      system_template: 'Answer.',
      input_template: '{{ prompt }}',
      max_tokens: 100,
      temperature: 0,
    }
    const csv = 'prompt,mine\nSay hello.,"Hello, you."\n'
    const done = await evaluate(
      await running(exact()),
      'compare',
      { model_a: 'mine', model_b: maker, judge: JUDGE },
      csv,
      'rows.csv',
    )
    expect(done.rows[0]).toMatchObject({
      prompt: 'Say hello.',
      mine: 'Hello, you.',
      MODEL_TO_EVALUATE_OUTPUT_B: expect.any(String),
    })
  })

  it.each<[string, object, object[] | string, string]>([
    ['a column that nobody uses', COMPARE, [{ ...ROWS[0], id: 7 }], 'not used: id'],
    [
      'a prompt that the judge is not shown',
      { ...COMPARE, judge: { ...JUDGE, system_template: 'Compare.' } },
      ROWS,
      'not used: prompt',
    ],
    ['a column that is not there', { ...COMPARE, model_b: 'worse' }, ROWS, "Column 'worse' was not found"],
    [
      'a template’s column that is not there',
      { ...COMPARE, judge: { ...JUDGE, system_template: '{{ prompt }} {{ topic }}' } },
      ROWS,
      "'topic' was not found",
    ],
    ['rows of different fields', COMPARE, [ROWS[0] as object, { prompt: 'x' }], 'Row 2 does not have the same fields'],
    ['no JSON', COMPARE, '{oh', 'Line 1 is not valid JSON'],
    ['no rows', COMPARE, '\n', 'no rows'],
  ])('ends as user_error for %s', async (_, parameters, rows, said) => {
    const done = await evaluate(await running(exact()), 'compare', parameters, rows)
    expect(done.statuses.at(-1)).toBe('user_error')
    expect(done.results).toEqual({ error: expect.stringContaining(said) })
  })

  it('refuses requests that are wrong in themselves, and shows no key of another service again', async () => {
    const { together } = await running(exact())
    const create = (parameters: object) =>
      together.evals.create({ type: 'compare', parameters: parameters as Parameters })
    const input_data_file_path = await putToTogether(together, 'rows.jsonl', 'eval', jsonl(ROWS))
    expect(await rejection(create({ ...COMPARE, input_data_file_path: 'file-none' }))).toMatchObject({ status: 400 })
    const external = { ...JUDGE, model_source: 'external' }
    expect(await rejection(create({ ...COMPARE, judge: external, input_data_file_path }))).toMatchObject({
      status: 400,
    })
    const pairs = await putToTogether(together, 'rows.jsonl', 'batch-api', jsonl(ROWS))
    expect(await rejection(create({ ...COMPARE, input_data_file_path: pairs }))).toMatchObject({ status: 400 })
    const judge = { ...external, external_api_token: 'sk-other', external_base_url: 'https://example.org/v1' }
    const { workflow_id = '' } = await create({ ...COMPARE, judge, input_data_file_path })
    expect(JSON.stringify(await together.evals.retrieve(workflow_id))).not.toContain('sk-other')
    expect((await together.evals.list()).map((job) => job.workflow_id)).toEqual([workflow_id])
    expect(await rejection(together.evals.retrieve('eval-none'))).toMatchObject({ status: 404 })
  })
})

describe('classify and score evaluations', () => {
  const judge = { ...JUDGE, system_template: 'Judge the answer to {{ prompt }}, {{ rejected }} aside.' }

  it('count labels, and scores', async () => {
    const place = await running(exact())
    const labels = { judge, labels: ['helpful', 'unhelpful'], pass_labels: ['helpful'], model_to_evaluate: 'chosen' }
    const classified = await evaluate(place, 'classify', labels)
    expect(classified.statuses.at(-1)).toBe('completed')
    const counts = JSON.parse(String(classified.results.label_counts)) as Record<string, number>
    expect((counts.helpful ?? 0) + (counts.unhelpful ?? 0)).toBe(3)
    expect(classified.results.pass_percentage).toBeCloseTo((100 * (counts.helpful ?? 0)) / 3)
    const scored = await evaluate(place, 'score', {
      judge,
      min_score: 1,
      max_score: 10,
      pass_threshold: 5,
      model_to_evaluate: 'chosen',
    })
    const scores = scored.rows.map((row) => Number(row.judge_score))
    expect(scores.every((score) => score >= 1 && score <= 10)).toBe(true)
    const mean = scores.reduce((sum, score) => sum + score, 0) / 3
    expect(scored.results.aggregated_scores).toMatchObject({ mean_score: mean })
  })
})
