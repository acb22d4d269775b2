import type { StoredFile } from '../files/file-store.js'
import { asObject, jsonLines } from '../files/json-lines.js'
import type { Vendor } from '../models/model-profile.js'

/** A request of a batch. */
export interface BatchLine {
  readonly customId: string
  readonly model: string
  /** The request's body as JSON. */
  readonly body: string
}

/** What is wrong with a batch's file. */
export interface BatchProblem {
  readonly code: string
  readonly message: string
  readonly line: number | null
  readonly param: string | null
}

/** The requests of a batch file, or what is wrong with it. */
export type ReadBatch =
  | { readonly lines: readonly BatchLine[]; readonly tokens: number }
  | { readonly problems: readonly BatchProblem[] }

const MOST_REQUESTS = 50_000
const MOST_TOGETHER_BYTES = 100e6
const MOST_TOGETHER_ID = 64
const MOST_PROBLEMS = 20
const BYTES_A_TOKEN = 4

/**
 * Reads a batch file by the service's rules. OpenAI: `custom_id`, `method` POST, `url` that is the batch's endpoint, `body`.
 * Together: `custom_id` of at most 64 characters and `body`. At both every id once and one model a file.
 *
 * @param endpoint of the batch, such as `/v1/chat/completions`
 */
export function readBatch({ content = new Uint8Array() }: StoredFile, vendor: Vendor, endpoint: string): ReadBatch {
  const lines: BatchLine[] = []
  const problems: BatchProblem[] = []
  const ids = new Set<string>()
  const wrong = (code: string, message: string, line: number | null, param: string | null = null): void =>
    void problems.push({ code, message, line, param })
  if (vendor === 'together' && content.length > MOST_TOGETHER_BYTES)
    wrong('file_too_large', 'The file is larger than 100 MB.', null)
  for (const line of jsonLines(content)) {
    if (problems.length >= MOST_PROBLEMS) break
    const { number } = line
    if ('problem' in line) {
      wrong('invalid_json_line', `This line ${line.problem}.`, number)
      continue
    }
    const { custom_id: id, method, url } = line.value
    const body = asObject(line.value.body)
    if (typeof id !== 'string' || id === '')
      wrong('missing_required_parameter', 'custom_id is required.', number, 'custom_id')
    else if (vendor === 'together' && id.length > MOST_TOGETHER_ID)
      wrong('invalid_custom_id', `custom_id is longer than ${MOST_TOGETHER_ID} characters.`, number, 'custom_id')
    else if (ids.has(id)) wrong('duplicate_custom_id', `custom_id ${id} is there twice.`, number, 'custom_id')
    else if (vendor === 'openai' && method !== 'POST') wrong('invalid_method', 'method must be POST.', number, 'method')
    else if (vendor === 'openai' && url !== endpoint)
      wrong(
        'invalid_url',
        `The URL provided for this request does not match the batch endpoint ${endpoint}.`,
        number,
        'url',
      )
    else if (body === undefined || typeof body.model !== 'string')
      wrong('missing_required_parameter', 'body with a model is required.', number, 'body')
    else if (lines.length > 0 && lines[0]?.model !== body.model)
      wrong(
        'mismatched_model',
        `The model ${body.model} is not that of the first line, ${lines[0]?.model}.`,
        number,
        'body.model',
      )
    else {
      ids.add(id)
      lines.push({ customId: id, model: body.model, body: JSON.stringify(body) })
    }
  }
  if (problems.length === 0 && lines.length === 0) wrong('empty_file', 'The input file is empty.', null)
  if (lines.length > MOST_REQUESTS)
    wrong('too_many_requests', `The file has more than ${MOST_REQUESTS} requests.`, null)
  if (problems.length > 0) return { problems }
  return { lines, tokens: Math.ceil(content.length / BYTES_A_TOKEN) }
}
