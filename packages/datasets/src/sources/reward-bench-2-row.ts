import { DatasetFormatError, type Example, parseExample, type Where } from '@judgelab/core'

/**
 * A row in RewardBench 2's field names (id, prompt, chosen[], rejected[], subset, and what else there is) as an example:
 * the chosen responses first, then the rejected ones, in the row's order. `models`, where it names one model a response,
 * says who wrote them; otherwise it stays in the metadata. A field `metadata` that holds an object is part of the
 * example's metadata, not a level of it.
 *
 * @throws {DatasetFormatError} naming file, line and field
 */
export function fromRewardBench2Row(row: unknown, where: Where): Example {
  if (row === null || typeof row !== 'object' || Array.isArray(row))
    throw new DatasetFormatError(`expected an object, found ${JSON.stringify(row)}`, where)
  const { id, prompt, chosen, rejected, subset, metadata: nested, ...others } = row as Record<string, unknown>
  const metadata: Record<string, unknown> = isPlain(nested)
    ? { ...others, ...nested }
    : { ...others, ...present(nested) }
  const right = texts(chosen, 'chosen', where)
  const wrong = texts(rejected, 'rejected', where)
  checkCount(metadata.num_correct, right.length, 'num_correct', where)
  checkCount(metadata.num_incorrect, wrong.length, 'num_incorrect', where)
  const authors = modelsOf(metadata.models, right.length + wrong.length)
  if (authors !== undefined) delete metadata.models
  return parseExample(
    {
      v: 1,
      id,
      subset,
      prompt,
      responses: [...right, ...wrong].map((text, at) =>
        authors === undefined ? { text } : { text, model: authors[at] },
      ),
      chosen: right.map((_, index) => index),
      metadata,
    },
    where,
  )
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function present(nested: unknown): Record<string, unknown> {
  return nested === undefined ? {} : { metadata: nested }
}

function texts(value: unknown, field: string, where: Where): string[] {
  if (!Array.isArray(value) || value.length === 0)
    throw new DatasetFormatError(
      `expected a list of at least one text, found ${JSON.stringify(value)?.slice(0, 60) ?? 'nothing'}`,
      {
        ...where,
        field,
      },
    )
  value.forEach((text, at) => {
    if (typeof text !== 'string')
      throw new DatasetFormatError(`expected a text, found ${JSON.stringify(text)?.slice(0, 60)}`, {
        ...where,
        field: `${field}.${at}`,
      })
  })
  return value as string[]
}

function checkCount(declared: unknown, counted: number, field: string, where: Where): void {
  if (declared !== undefined && declared !== counted)
    throw new DatasetFormatError(`expected ${counted}, the number of texts, found ${JSON.stringify(declared)}`, {
      ...where,
      field,
    })
}

function modelsOf(models: unknown, responses: number): readonly string[] | undefined {
  if (!Array.isArray(models) || models.length !== responses) return undefined
  return models.every((model) => typeof model === 'string') ? (models as string[]) : undefined
}
