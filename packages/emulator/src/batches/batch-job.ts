import { jobFaultOf } from '../faults/fault-plan.js'
import type { Job, JobBook } from '../jobs/job-book.js'
import { uniformDraw } from '../judging/draws.js'
import type { Vendor } from '../models/model-profile.js'
import type { Services } from '../services.js'
import { answerLines, isEarly, type LineAnswer } from './answer-lines.js'
import type { BatchLine, BatchProblem } from './read-batch.js'

/** A batch of either service. */
export interface BatchJob extends Job {
  readonly vendor: Vendor
  readonly inputFileId: string
  /** Digest of the file's bytes. */
  readonly content: string
  readonly inputBytes: number
  readonly endpoint: string
  readonly path: '/chat/completions' | '/responses'
  readonly metadata: unknown
  readonly lines: readonly BatchLine[]
  readonly tokens: number
  /** Why it failed before it began; empty if it did not. */
  readonly problems: readonly BatchProblem[]
  readonly fault: 'batch-failed' | 'batch-expired' | 'batch-stuck' | undefined
  /** What was answered so far. */
  readonly answers: readonly LineAnswer[]
  readonly work: 'none' | 'early' | 'early-done' | 'late' | 'late-done'
  /** How many statuses it could have had behind it when all lines were answered. */
  readonly workedAt: number
  /** How many statuses it had behind it when it was cancelled. */
  readonly cancelledAt: number | undefined
  /** The files of what it came to, once it has ended. */
  readonly ended: { readonly outputFileId: string | undefined; readonly errorFileId: string | undefined } | undefined
}

/** Where a batch is, in words of neither service. */
export type BatchStage =
  | 'validating'
  | 'in-progress'
  | 'finalizing'
  | 'completed'
  | 'failed'
  | 'expired'
  | 'cancelling'
  | 'cancelled'

const ENDS: ReadonlySet<BatchStage> = new Set<BatchStage>(['completed', 'failed', 'expired', 'cancelled'])

/** Whether a stage is a last one. */
export function isOver(stage: BatchStage): boolean {
  return ENDS.has(stage)
}

/**
 * Where a batch is. Half of its lines are answered when it begins, the other half at the next step; it is finalizing when
 * all are. Expired batches have the first half, cancelled ones what was begun: lines that are at work then are still
 * delivered.
 */
export function batchStage(job: BatchJob, { progress }: Services): BatchStage {
  const steps = progress.steps(job)
  const isAtWork = job.work === 'early' || job.work === 'late'
  if (job.cancelledAt !== undefined) return steps > job.cancelledAt && !isAtWork ? 'cancelled' : 'cancelling'
  if (steps === 0) return 'validating'
  if (job.problems.length > 0 || job.fault === 'batch-failed') return 'failed'
  if (job.fault === 'batch-stuck') return 'in-progress'
  if (job.fault === 'batch-expired') return steps > 2 && job.work === 'early-done' ? 'expired' : 'in-progress'
  if (job.work !== 'late-done') return 'in-progress'
  const after = steps - Math.max(2, job.workedAt)
  return after <= 0 ? 'in-progress' : after === 1 ? 'finalizing' : 'completed'
}

/** Does what is due for a batch that was just looked at: begins its work, and writes its files when it has ended. */
export function advance(
  id: string,
  book: JobBook<BatchJob>,
  services: Services,
  write: WriteFiles,
): BatchJob | undefined {
  const job = book.find(id)
  if (job === undefined) return undefined
  const stage = batchStage(job, services)
  const steps = services.progress.steps(job)
  const isWorking = job.cancelledAt === undefined && job.problems.length === 0 && job.fault !== 'batch-failed'
  if (isWorking && job.work === 'none' && steps >= 1) void work(job, 'early', book, services)
  if (isWorking && job.work === 'early-done' && steps >= 2 && job.fault === undefined)
    void work(job, 'late', book, services)
  if (isOver(stage) && stage !== 'failed' && job.ended === undefined) book.update(id, { ended: write(job, stage) })
  return book.find(id)
}

/** Writes the files of a batch that has ended. */
export type WriteFiles = (job: BatchJob, stage: BatchStage) => BatchJob['ended']

async function work(job: BatchJob, part: 'early' | 'late', book: JobBook<BatchJob>, services: Services): Promise<void> {
  book.update(job.id, { work: part })
  const due = job.lines.filter((line) => isEarly(job.id, line) === (part === 'early'))
  try {
    const answers = await answerLines(due, job.vendor, job.path, services)
    const now = book.find(job.id) ?? job
    const work = part === 'early' ? 'early-done' : 'late-done'
    book.update(job.id, { answers: [...now.answers, ...answers], work, workedAt: services.progress.steps(now) })
  } catch (error) {
    const message = `mistake in the emulator: ${(error as Error).message}`
    book.update(job.id, { problems: [{ code: 'emulator_mistake', message, line: null, param: null }] })
  }
}

/** The fault of a whole batch. The same file sent again is drawn for anew. */
export function batchFault(content: string, before: number, services: Services): BatchJob['fault'] {
  return jobFaultOf(services.faults(), `${content} ${before}`, ['batch-failed', 'batch-expired', 'batch-stuck'])
}

/** Tokens of the batches of a model that have not ended. */
export function enqueuedTokens(book: JobBook<BatchJob>, model: string, services: Services): number {
  return book
    .list()
    .filter((job) => job.lines[0]?.model === model && !isOver(batchStage(job, services)))
    .reduce((sum, job) => sum + job.tokens, 0)
}

/** The answers in the order of the output file, which is not that of the input, with what is lost left out and what comes twice twice. */
export function outputOrder(job: BatchJob): LineAnswer[] {
  return job.answers
    .flatMap((answer) => [
      ...Array.from({ length: answer.copies }, () => answer),
      ...(answer.hasForeign ? [{ ...answer, customId: `foreign-${answer.customId}`.slice(0, 64) }] : []),
    ])
    .map((answer, at) => ({ answer, order: uniformDraw('order', job.id, answer.customId, at) }))
    .sort((a, b) => a.order - b.order)
    .map(({ answer }) => answer)
}

/** Lines that were never answered. */
export function unanswered({ lines, answers }: BatchJob): BatchLine[] {
  const known = new Set(answers.map(({ customId }) => customId))
  return lines.filter(({ customId }) => !known.has(customId))
}
