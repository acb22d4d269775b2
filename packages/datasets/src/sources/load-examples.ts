import { DatasetFormatError, type Example, readJsonl, type Where } from '@judgelab/core'

/**
 * The examples of a JSONL file, one a line.
 *
 * @throws {DatasetFormatError} if there are none, at the first malformed line, and where an id stands a second time
 */
export async function loadExamples(
  file: string,
  fromLine: (value: unknown, where: Where) => Example,
): Promise<Example[]> {
  const examples: Example[] = []
  const lineOf = new Map<string, number>()
  for await (const { value, where } of readJsonl(file)) {
    const example = fromLine(value, where)
    const before = lineOf.get(example.id)
    if (before !== undefined)
      throw new DatasetFormatError(`expected an id that occurs once, found "${example.id}" as on line ${before}`, {
        ...where,
        field: 'id',
      })
    lineOf.set(example.id, where.line)
    examples.push(example)
  }
  if (examples.length === 0) throw new DatasetFormatError('expected at least one example, found none', { file })
  return examples
}
