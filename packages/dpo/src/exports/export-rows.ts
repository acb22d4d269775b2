import type { Message, PairStrategy, PreferencePair } from '@judgelab/core'
import type { ExportFormat } from './export-format.js'

/** What every export holds of a pair; `parquet` and `csv` also hold its id and origin. */
export interface PairTexts {
  readonly input: readonly Message[]
  readonly preferred: string
  readonly nonPreferred: string
  readonly weight?: number | undefined
}

/** A row of a preference file of Together and OpenAI, in their spelling. */
export interface ServiceRow {
  readonly input: { readonly messages: readonly Message[] }
  readonly preferred_output: readonly Message[]
  readonly non_preferred_output: readonly Message[]
  readonly weight?: number
}

/** A row of TRL's preference type with an explicit prompt: `standard` holds texts, `conversational` lists of messages. */
export interface TrlRow {
  readonly prompt: string | readonly Message[]
  readonly chosen: string | readonly Message[]
  readonly rejected: string | readonly Message[]
}

/** A row of `parquet` and `csv`: everything that is known of a pair. `input` is JSON; what is absent is null. */
export interface PlainRow {
  readonly id: string
  readonly strategy: string
  readonly subset: string
  readonly example_id: string
  readonly comparison_id: string
  readonly presentation: string | null
  readonly judge_id: string | null
  readonly right_repeat: number | null
  readonly wrong_repeat: number | null
  readonly prompt_sha256: string | null
  readonly weight: number | null
  readonly input: string
  readonly preferred: string
  readonly non_preferred: string
}

/** Columns of `parquet` and `csv`, in order. */
export const PLAIN_COLUMNS: readonly (keyof PlainRow)[] = [
  'id',
  'strategy',
  'subset',
  'example_id',
  'comparison_id',
  'presentation',
  'judge_id',
  'right_repeat',
  'wrong_repeat',
  'prompt_sha256',
  'weight',
  'input',
  'preferred',
  'non_preferred',
]

/** A pair as a row of a format. */
export function toExportRow(pair: PreferencePair, format: ExportFormat): ServiceRow | TrlRow | PlainRow {
  switch (format) {
    case 'together':
    case 'openai':
      return {
        input: { messages: pair.input.map(plainMessage) },
        preferred_output: [assistant(pair.preferred)],
        non_preferred_output: [assistant(pair.nonPreferred)],
        ...(pair.weight === undefined ? {} : { weight: pair.weight }),
      }
    case 'trl':
      return {
        prompt: pair.input.map(({ content }) => content).join('\n\n'),
        chosen: pair.preferred,
        rejected: pair.nonPreferred,
      }
    case 'trl-conversational':
      return {
        prompt: pair.input.map(plainMessage),
        chosen: [assistant(pair.preferred)],
        rejected: [assistant(pair.nonPreferred)],
      }
    case 'parquet':
    case 'csv':
      return plainRow(pair)
  }
}

/** The texts of a row that passed its format's check. */
export function fromExportRow(row: unknown, format: ExportFormat): PairTexts | PreferencePair {
  switch (format) {
    case 'together':
    case 'openai': {
      const { input, preferred_output, non_preferred_output, weight } = row as ServiceRow
      return {
        input: input.messages,
        preferred: contentOf(preferred_output),
        nonPreferred: contentOf(non_preferred_output),
        ...(weight === undefined ? {} : { weight }),
      }
    }
    case 'trl':
    case 'trl-conversational': {
      const { prompt, chosen, rejected } = row as TrlRow
      return {
        input: typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt,
        preferred: contentOf(chosen),
        nonPreferred: contentOf(rejected),
      }
    }
    case 'parquet':
    case 'csv':
      return fromPlainRow(row as PlainRow)
  }
}

function plainRow({ id, input, preferred, nonPreferred, weight, origin }: PreferencePair): PlainRow {
  return {
    id,
    strategy: origin.strategy,
    subset: origin.subset,
    example_id: origin.exampleId,
    comparison_id: origin.comparisonId,
    presentation: origin.presentation ?? null,
    judge_id: origin.judgeId ?? null,
    right_repeat: origin.repeats?.[0] ?? null,
    wrong_repeat: origin.repeats?.[1] ?? null,
    prompt_sha256: origin.promptSha256 ?? null,
    weight: weight ?? null,
    input: JSON.stringify(input.map(plainMessage)),
    preferred,
    non_preferred: nonPreferred,
  }
}

function fromPlainRow(row: PlainRow): PreferencePair {
  return {
    v: 1,
    id: row.id,
    input: JSON.parse(row.input) as readonly Message[],
    preferred: row.preferred,
    nonPreferred: row.non_preferred,
    ...(row.weight === null ? {} : { weight: row.weight }),
    origin: {
      strategy: row.strategy as PairStrategy,
      exampleId: row.example_id,
      comparisonId: row.comparison_id,
      subset: row.subset,
      ...(row.presentation === null ? {} : { presentation: row.presentation }),
      ...(row.judge_id === null ? {} : { judgeId: row.judge_id }),
      ...(row.right_repeat === null || row.wrong_repeat === null
        ? {}
        : { repeats: [row.right_repeat, row.wrong_repeat] as const }),
      ...(row.prompt_sha256 === null ? {} : { promptSha256: row.prompt_sha256 }),
    },
  }
}

function assistant(content: string): Message {
  return { role: 'assistant', content }
}

function contentOf(side: string | readonly Message[]): string {
  return typeof side === 'string' ? side : (side[0] as Message).content
}

/** Keys in one order, so that equal pairs give equal bytes. */
function plainMessage({ role, content }: Message): Message {
  return { role, content }
}
