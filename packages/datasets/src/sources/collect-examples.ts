import { DatasetFormatError, type Example } from '@judgelab/core'
import { createFingerprint } from '../benchmark.js'
import type { DataReport } from '../validation/problem.js'
import { createExampleStore } from './example-store.js'
import { type ReadExamples, readExamples } from './read-examples.js'

/** All examples of a source, and what came of reading it. */
export interface Collected {
  readonly examples: readonly Example[]
  readonly report: DataReport
  /** As `benchmarkOf` takes it of these examples. */
  readonly fingerprint: string
}

/**
 * Reads files of rows; many of them are not kept in memory (`createExampleStore`).
 *
 * @throws {DatasetFormatError} if no example is left, and as `readExamples`
 */
export async function collectExamples(asked: ReadExamples): Promise<Collected> {
  const store = createExampleStore()
  const taken = createFingerprint()
  for await (const example of readExamples(asked)) {
    store.add(example)
    taken.add(example)
  }
  const examples = store.list()
  const report = asked.log.report()
  if (examples.length > 0) return { examples, report, fingerprint: taken.fingerprint() }
  const left = Object.entries(report.skipped).map(([kind, count]) => `${count} ${kind}`)
  const why = left.length === 0 ? '' : ` (left out: ${left.join(', ')})`
  throw new DatasetFormatError(`expected at least one example, found none${why}`, { file: asked.files[0] ?? 'no file' })
}
