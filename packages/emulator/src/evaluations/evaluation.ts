import { z } from 'zod'
import { refuse } from '../http/reply.js'
import { type Json, parseRequest } from '../inference/check-request.js'

const source = z.enum(['serverless', 'dedicated', 'external'])
const judge = z.looseObject({
  model: z.string(),
  model_source: source,
  system_template: z.string(),
  external_api_token: z.string().optional(),
  external_base_url: z.string().optional(),
  max_tokens: z.int().min(1).optional(),
  num_workers: z.int().min(1).optional(),
  temperature: z.number().min(0).max(2).optional(),
})
const generator = z.looseObject({
  model: z.string(),
  model_source: source,
  system_template: z.string(),
  input_template: z.string(),
  max_tokens: z.int().min(1),
  temperature: z.number().min(0).max(2),
  external_api_token: z.string().optional(),
  external_base_url: z.string().optional(),
})
const subject = z.union([z.string(), generator])
const shared = { judge, input_data_file_path: z.string() }
const evaluationRequest = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('compare'),
    parameters: z.looseObject({
      ...shared,
      model_a: subject,
      model_b: subject,
      disable_position_bias_correction: z.boolean().optional(),
    }),
  }),
  z.looseObject({
    type: z.literal('classify'),
    parameters: z.looseObject({
      ...shared,
      labels: z.array(z.string()).min(2),
      pass_labels: z.array(z.string()).min(1),
      model_to_evaluate: subject.optional(),
    }),
  }),
  z.looseObject({
    type: z.literal('score'),
    parameters: z.looseObject({
      ...shared,
      min_score: z.number(),
      max_score: z.number(),
      pass_threshold: z.number(),
      model_to_evaluate: subject.optional(),
    }),
  }),
])

/** What every model of an evaluation says of itself. */
interface EvaluationModel {
  readonly [field: string]: unknown
  readonly model: string
  readonly model_source: 'serverless' | 'dedicated' | 'external'
  readonly system_template: string
  readonly external_api_token?: string | undefined
  readonly external_base_url?: string | undefined
}

/** Who judges. */
export interface EvaluationJudge extends EvaluationModel {
  readonly max_tokens?: number | undefined
  readonly num_workers?: number | undefined
  readonly temperature?: number | undefined
}

interface Generator extends EvaluationModel {
  readonly input_template: string
  readonly max_tokens: number
  readonly temperature: number
}

/** A column that holds responses, or how to make them. */
export type Subject = string | Generator

interface Parameters {
  readonly [field: string]: unknown
  readonly judge: EvaluationJudge
  readonly input_data_file_path: string
}

interface CompareParameters extends Parameters {
  readonly model_a: Subject
  readonly model_b: Subject
  readonly disable_position_bias_correction?: boolean | undefined
}

interface ClassifyParameters extends Parameters {
  readonly labels: string[]
  readonly pass_labels: string[]
  readonly model_to_evaluate?: Subject | undefined
}

interface ScoreParameters extends Parameters {
  readonly min_score: number
  readonly max_score: number
  readonly pass_threshold: number
  readonly model_to_evaluate?: Subject | undefined
}

/** An evaluation as it was asked for. */
export type EvaluationRequest = { readonly [field: string]: unknown } & (
  | { readonly type: 'compare'; readonly parameters: CompareParameters }
  | { readonly type: 'classify'; readonly parameters: ClassifyParameters }
  | { readonly type: 'score'; readonly parameters: ScoreParameters }
)

/** Reads a request for an evaluation. @throws {RefusedRequest} */
export function parseEvaluation(body: Json): EvaluationRequest {
  const read = parseRequest(evaluationRequest, body)
  for (const who of [read.parameters.judge, ...subjectsOf(read)]) {
    if (typeof who === 'string' || who.model_source !== 'external') continue
    if (who.external_api_token === undefined || who.external_base_url === undefined)
      refuse(400, 'external_api_token and external_base_url are required when model_source is external')
  }
  if (read.type === 'classify') {
    const stray = read.parameters.pass_labels.find((label) => !read.parameters.labels.includes(label))
    if (stray !== undefined)
      refuse(400, `pass_labels must be among labels, got ${stray}`, { param: 'parameters.pass_labels' })
  }
  if (read.type === 'score' && read.parameters.min_score >= read.parameters.max_score)
    refuse(400, 'min_score must be below max_score', { param: 'parameters.min_score' })
  return read
}

/** What is judged, in the order A, B. */
export function subjectsOf(request: EvaluationRequest): Subject[] {
  if (request.type === 'compare') return [request.parameters.model_a, request.parameters.model_b]
  const { model_to_evaluate: subject } = request.parameters
  return subject === undefined ? [] : [subject]
}
