import type { StoredFile } from './file-store.js'
import { asObject, jsonLines } from './json-lines.js'
import { readPreferences } from './read-preferences.js'

/** What Together says of a file for fine-tuning when it has looked through it. */
export interface ValidationReport {
  readonly valid: boolean
  readonly file_id: string
  readonly nlines?: number
  readonly dataset_format?: string
  readonly dataset_has_sample_weights?: boolean
  readonly dataset_has_tools?: boolean
  readonly error_type?: 'INVALID_FORMAT'
  readonly error?: string
}

/** Looks through files, each once. */
export function createValidation(): (file: StoredFile) => ValidationReport {
  const reports = new WeakMap<Uint8Array, ValidationReport>()
  return ({ id, filename, fault, content = new Uint8Array() }) => {
    if (fault === 'file-invalid')
      return {
        valid: false,
        file_id: id,
        error_type: 'INVALID_FORMAT',
        error: 'A fault says that the format is invalid.',
      }
    const report = reports.get(content) ?? validate(id, filename, content)
    reports.set(content, report)
    return report
  }
}

function validate(id: string, filename: string, content: Uint8Array): ValidationReport {
  const invalid = (error: string): ValidationReport => ({
    valid: false,
    file_id: id,
    error_type: 'INVALID_FORMAT',
    error,
  })
  if (filename.endsWith('.parquet')) return invalid('The emulator does not read Parquet files.')
  const [first] = jsonLines(content)
  if (first === undefined) return invalid('The file has no examples.')
  if ('problem' in first) return invalid(`Line 1 ${first.problem}.`)
  if (!('input' in first.value)) return validateTuning(id, content, invalid)
  const read = readPreferences(content, 'together')
  if ('problem' in read) return invalid(`${read.problem} (line ${read.line})`)
  return {
    valid: true,
    file_id: id,
    nlines: read.pairs.length,
    dataset_format: 'PREFERENCE_OPENAI',
    dataset_has_sample_weights: read.hasWeights,
    dataset_has_tools: read.hasTools,
  }
}

/** Conversations, instructions and texts for supervised tuning: every row has what the first has. */
function validateTuning(
  id: string,
  content: Uint8Array,
  invalid: (error: string) => ValidationReport,
): ValidationReport {
  const formats = { CONVERSATION: ['messages'], INSTRUCTION: ['prompt', 'completion'], GENERAL: ['text'] }
  let format: string | undefined
  let nlines = 0
  for (const line of jsonLines(content)) {
    if ('problem' in line) return invalid(`Line ${line.number} ${line.problem}.`)
    const found = Object.entries(formats).find(([, columns]) => columns.every((column) => column in line.value))?.[0]
    if (found === undefined)
      return invalid(
        `Could not detect a format for line ${line.number} with the columns ${Object.keys(line.value).join(', ')}.`,
      )
    if (format !== undefined && found !== format)
      return invalid(`All samples must have the same format: ${format} at first, ${found} on line ${line.number}.`)
    const messages = line.value.messages
    if (
      found === 'CONVERSATION' &&
      !(Array.isArray(messages) && messages.some((message) => asObject(message)?.role === 'assistant'))
    )
      return invalid(`At least one message with the assistant role must be present on line ${line.number}.`)
    format = found
    nlines++
  }
  return { valid: true, file_id: id, nlines, dataset_format: format ?? '' }
}
