import { setImmediate } from 'node:timers/promises'
import { ANSWERED_FAULTS } from '../faults/fault-options.js'
import { fateOf } from '../faults/fault-plan.js'
import type { StoredFile } from '../files/file-store.js'
import { asObject } from '../files/json-lines.js'
import { RefusedRequest } from '../http/reply.js'
import { findServed } from '../inference/check-request.js'
import { type Asked, type Generated, generate } from '../inference/generate.js'
import type { AnswerSchema } from '../judging/write-answer.js'
import type { Services } from '../services.js'
import { type EvaluationJudge, type EvaluationRequest, type Subject, subjectsOf } from './evaluation.js'
import { type Row, readRows } from './read-rows.js'
import { columnsNamed, renderTemplate, textOf } from './template.js'

/** What an evaluation came to. */
export type EvaluationOutcome =
  | { readonly status: 'completed'; readonly results: object }
  | { readonly status: 'error' | 'user_error'; readonly results: { readonly error: string } }

/** Share of failed rows above which the whole job is an error. */
const MOST_FAILED = 0.3
const NONCE = '5eedc0de'

/** Judges all rows, and writes the result file. */
export async function runEvaluation(
  request: EvaluationRequest,
  file: StoredFile,
  services: Services,
): Promise<EvaluationOutcome> {
  const read = readRows(file)
  if ('problem' in read) return userError(read.problem)
  const problem = columnProblem(request, read.columns)
  if (problem !== undefined) return userError(problem)
  try {
    const judged: Judged[] = []
    for (const row of read.rows) {
      judged.push(judgeRow(request, row, services))
      await setImmediate()
    }
    return outcomeOf(request, judged, services)
  } catch (error) {
    if (error instanceof RefusedRequest) return userError(error.message)
    throw error
  }
}

function userError(error: string): EvaluationOutcome {
  return { status: 'user_error', results: { error } }
}

/** Every column must be used, and everything used must be a column. */
function columnProblem(request: EvaluationRequest, columns: readonly string[]): string | undefined {
  const templates = [request.parameters.judge.system_template]
  const used = new Set<string>()
  for (const subject of subjectsOf(request)) {
    if (typeof subject === 'string') used.add(subject)
    else templates.push(subject.system_template, subject.input_template)
  }
  for (const name of templates.flatMap(columnsNamed)) used.add(name)
  const missing = [...used].find((name) => !columns.includes(name))
  if (missing !== undefined) return `Column '${missing}' was not found in the dataset.`
  const unused = columns.filter((name) => !used.has(name))
  return unused.length === 0 ? undefined : `Dataset columns are not used: ${unused.join(', ')}.`
}

/** A row with what the judge said of it. */
interface Judged {
  readonly row: Row
  readonly passes: readonly Pass[]
  readonly generationFailed: boolean
}

/** One answer of the judge. */
interface Pass {
  /** Undefined when the answer could not be had or read. */
  readonly decision: unknown
  readonly feedback: string
  readonly raw: string
  readonly isFailed: boolean
}

function judgeRow(request: EvaluationRequest, row: Row, services: Services): Judged {
  const subjects = subjectsOf(request)
  const made = subjects.map((subject, at) => responseTo(subject, row, at, services))
  const shownRow: Row = {
    ...row,
    ...Object.fromEntries(made.flatMap(({ column }) => (column === undefined ? [] : [column]))),
  }
  const generationFailed = made.some(({ text }) => text === undefined)
  if (generationFailed) return { row: shownRow, passes: [], generationFailed }
  const texts = made.map(({ text }) => text as string)
  const ask = (order: readonly string[]): Pass => judgeOnce(request, row, order, services)
  if (request.type !== 'compare') return { row: shownRow, passes: [ask(texts)], generationFailed }
  const original = ask(texts)
  if (request.parameters.disable_position_bias_correction === true)
    return { row: shownRow, passes: [original], generationFailed }
  return { row: shownRow, passes: [original, ask(texts.toReversed())], generationFailed }
}

interface Made {
  readonly text: string | undefined
  /** What the result file calls a response that was made. */
  readonly column?: readonly [string, string] | undefined
}

function responseTo(subject: Subject, row: Row, at: number, services: Services): Made {
  if (typeof subject === 'string') return { text: textOf(row[subject]) }
  const { model, model_source, system_template, input_template, temperature, max_tokens } = subject
  const turns = [
    { role: 'system', text: renderTemplate(system_template, row) },
    { role: 'user', text: renderTemplate(input_template, row) },
  ]
  const answer = ask({ model, model_source, temperature, max_tokens }, turns, 'text', services)
  const name = `MODEL_TO_EVALUATE_OUTPUT_${'AB'[at]}`
  return answer === undefined ? { text: undefined } : { text: answer.text, column: [name, answer.text] }
}

/** The service's own words at the end of the judge's prompt ask for JSON. */
function judgeOnce(request: EvaluationRequest, row: Row, responses: readonly string[], services: Services): Pass {
  const { judge } = request.parameters
  const named = columnsNamed(judge.system_template)
  const subjects = new Set(subjectsOf(request).filter((subject) => typeof subject === 'string'))
  const prompt = named
    .filter((name) => !subjects.has(name))
    .map((name) => textOf(row[name]))
    .join('\n\n')
  const names = responses.length === 2 ? ['RESPONSE A', 'RESPONSE B'] : ['RESPONSE']
  const shown = responses.length === 0 ? [prompt] : responses
  const blocks = [
    ...(prompt === '' || responses.length === 0 ? [] : [block('PROMPT', prompt)]),
    ...shown.map((text, at) => block(names[at] as string, text)),
  ]
  const turns = [
    { role: 'system', text: renderTemplate(judge.system_template, row) },
    { role: 'user', text: `${blocks.join('\n\n')}\n\nAnswer in JSON.` },
  ]
  const answer = ask(judge, turns, { schema: schemaOf(request) }, services)
  if (answer === undefined) return { decision: undefined, feedback: '', raw: '', isFailed: true }
  const read = readAnswer(answer.text)
  const decision = read?.[keyOf(request)]
  return {
    decision: isDecision(request, decision) ? decision : undefined,
    feedback: textOf(read?.feedback),
    raw: answer.text,
    isFailed: !isDecision(request, decision),
  }
}

function block(name: string, text: string): string {
  return `<<<${name} ${NONCE}>>>\n${text.replaceAll(NONCE, '')}\n<<<END ${name} ${NONCE}>>>`
}

type Ask = Pick<EvaluationJudge, 'model' | 'model_source' | 'temperature' | 'max_tokens'>

/** The answer of a model, or undefined when the call to it failed for good. */
function ask(
  { model, model_source, temperature = 0.05, max_tokens = 32_768 }: Ask,
  turns: Asked['turns'],
  format: Asked['format'],
  services: Services,
): Generated | undefined {
  const profile = findServed(model, model_source === 'external' ? undefined : 'together', services)
  const content = JSON.stringify([model, turns])
  const { fault } = fateOf(services.faults(), content, 0, true)
  if (fault !== undefined && !ANSWERED_FAULTS.has(fault)) return undefined
  return generate(
    { model, profile, turns, format, maxTokens: max_tokens, temperature, effort: 'medium', variation: '', fault },
    services,
  )
}

function keyOf({ type }: EvaluationRequest): 'choice' | 'label' | 'score' {
  return ({ compare: 'choice', classify: 'label', score: 'score' } as const)[type]
}

function schemaOf(request: EvaluationRequest): AnswerSchema {
  const feedback: AnswerSchema = { type: 'string' }
  switch (request.type) {
    case 'compare':
      return { properties: { feedback, choice: { enum: ['A', 'B', 'Tie'] } } }
    case 'classify':
      return { properties: { feedback, label: { enum: request.parameters.labels } } }
    case 'score': {
      const { min_score, max_score } = request.parameters
      return { properties: { feedback, score: { type: 'integer', minimum: min_score, maximum: max_score } } }
    }
  }
}

function isDecision(request: EvaluationRequest, decision: unknown): boolean {
  switch (request.type) {
    case 'compare':
      return decision === 'A' || decision === 'B' || decision === 'Tie'
    case 'classify':
      return typeof decision === 'string' && request.parameters.labels.includes(decision)
    case 'score':
      return (
        typeof decision === 'number' &&
        decision >= request.parameters.min_score &&
        decision <= request.parameters.max_score
      )
  }
}

function readAnswer(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text))
  } catch {
    return undefined
  }
}

function outcomeOf(request: EvaluationRequest, judged: readonly Judged[], services: Services): EvaluationOutcome {
  const rows = judged.map((one) => (request.type === 'compare' ? comparedRow(one) : markedRow(request, one)))
  const failed = rows.filter(({ evaluation_successful }) => evaluation_successful === false).length
  if (failed > MOST_FAILED * rows.length)
    return { status: 'error', results: { error: `${failed} of ${rows.length} rows failed, more than 30%.` } }
  const content = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  const { id } = services.files.add({
    vendor: 'together',
    filename: 'evaluation-results.jsonl',
    purpose: 'eval',
    content,
  })
  const counts = {
    result_file_id: id,
    generation_fail_count: judged.filter(({ generationFailed }) => generationFailed).length,
    judge_fail_count: judged.flatMap(({ passes }) => passes).filter(({ isFailed }) => isFailed).length,
  }
  return { status: 'completed', results: { ...totalsOf(request, rows), ...counts } }
}

/** The service's rule: both passes must name the same, else it is a tie; where one is unreadable the other decides. */
function comparedRow({ row, passes }: Judged): Row {
  const [original, flipped] = passes
  const first = original?.decision
  const second = flipped === undefined ? undefined : turned(flipped.decision)
  const readable = [first, second].filter((decision) => decision !== undefined)
  const decision = readable.length === 2 && first !== second ? 'Tie' : readable[0]
  return {
    ...row,
    choice_original: first ?? null,
    judge_feedback_original: original?.feedback ?? null,
    judge_raw_output_original: original?.raw ?? null,
    ...(flipped === undefined
      ? {}
      : {
          choice_flipped: second ?? null,
          judge_feedback_flipped: flipped.feedback,
          judge_raw_output_flipped: flipped.raw,
        }),
    final_decision: decision ?? null,
    is_incomplete: passes.length === 0,
    is_invalid_judge_output: passes.some(({ isFailed }) => isFailed),
    evaluation_successful: decision !== undefined,
  }
}

function turned(decision: unknown): unknown {
  return decision === 'A' ? 'B' : decision === 'B' ? 'A' : decision
}

function markedRow(request: EvaluationRequest, { row, passes: [pass] }: Judged): Row {
  return {
    ...row,
    [`judge_${keyOf(request)}`]: pass?.decision ?? null,
    judge_feedback: pass?.feedback ?? null,
    judge_raw_output: pass?.raw ?? null,
    evaluation_successful: pass?.decision !== undefined,
  }
}

function totalsOf(request: EvaluationRequest, rows: readonly Row[]): object {
  const count = (key: string, value: unknown): number => rows.filter((row) => row[key] === value).length
  if (request.type === 'compare')
    return {
      A_wins: count('final_decision', 'A'),
      B_wins: count('final_decision', 'B'),
      Ties: count('final_decision', 'Tie'),
    }
  const good = rows.filter(({ evaluation_successful }) => evaluation_successful === true)
  const invalid = rows.length - good.length
  const share = (of: number): number | null => (good.length === 0 ? null : (100 * of) / good.length)
  if (request.type === 'classify') {
    const { labels, pass_labels } = request.parameters
    const passed = good.filter((row) => pass_labels.includes(String(row.judge_label))).length
    return {
      label_counts: JSON.stringify(Object.fromEntries(labels.map((label) => [label, count('judge_label', label)]))),
      pass_percentage: share(passed),
      invalid_label_count: invalid,
    }
  }
  const scores = good.map((row) => Number(row.judge_score))
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  const spread = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length)
  const passed = scores.filter((score) => score >= request.parameters.pass_threshold).length
  return {
    aggregated_scores:
      scores.length === 0 ? {} : { mean_score: mean, std_score: spread, pass_percentage: share(passed) },
    failed_samples: invalid,
    invalid_score_count: invalid,
  }
}
