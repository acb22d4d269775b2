import { setImmediate } from 'node:timers/promises'
import {
  cutTornLine,
  JudgeCallError,
  type Judgment,
  loadJudgments,
  ownRun,
  type Presentation,
  type RunFolder,
  type RunManifest,
  type ShownPresentation,
  saveJson,
} from '@judgelab/core'
import type { Answer, Judge } from '../judge.js'
import { openJudgmentWriter } from './judgment-writer.js'

/** One judge over one list of presentations, in a folder. */
export interface RunRequest {
  readonly judge: Judge
  readonly presentations: readonly Presentation[]
  /** What the judge sees of a presentation; called once, when it is asked. */
  readonly show: (presentation: Presentation) => ShownPresentation
  readonly run: RunFolder
  /** The manifest but for `completedAt`, which the engine fills when every presentation has its judgment. */
  readonly manifest: Omit<RunManifest, 'completedAt'>
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/** What a run came to. */
export interface RunReport {
  readonly judgments: readonly Judgment[]
  /** How many were asked now; the others had been answered before. */
  readonly asked: number
  /** False when the run was stopped by its signal; what was answered is kept. */
  readonly isComplete: boolean
}

/** How many calls go by before other work (signals, progress) gets its turn. */
const BREATH = 32

/**
 * Asks a judge for every presentation that has no judgment yet, and appends each answer to the run's log.
 *
 * A stopped or crashed run goes on where it was: a torn last line is cut off, what was answered is not asked again.
 *
 * @throws {RangeError} if there is nothing to ask: a run without presentations would look complete
 * @throws {ConfigError} if another living process owns the run
 */
export async function runJudge(request: RunRequest): Promise<RunReport> {
  const { run, presentations } = request
  if (presentations.length === 0)
    throw new RangeError(`runJudge needs at least 1 presentation, got 0 (${request.manifest.runId})`)
  const release = await ownRun(run)
  try {
    await cutTornLine(run.log)
    const before = await loadJudgments(run)
    const answered = new Set(before.map((judgment) => judgment.presentationId))
    const missing = presentations.filter(({ id }) => !answered.has(id))
    if (missing.length > 0) await saveJson(run.manifest, { ...request.manifest, completedAt: null })
    const asked = await askAll(request, missing)
    const judgments = [...before, ...asked]
    const isComplete = asked.length === missing.length
    if (isComplete && missing.length > 0)
      await saveJson(run.manifest, { ...request.manifest, completedAt: new Date().toISOString() })
    return { judgments, asked: asked.length, isComplete }
  } finally {
    await release()
  }
}

async function askAll(request: RunRequest, missing: readonly Presentation[]): Promise<Judgment[]> {
  if (missing.length === 0) return []
  const { judge, signal, onProgress } = request
  const total = request.presentations.length
  const writer = await openJudgmentWriter(request.run)
  const judgments: Judgment[] = []
  const queue = missing.values()
  const work = async (): Promise<void> => {
    for (const presentation of queue) {
      if (signal?.aborted) return
      const judgment = await askOne(request, presentation)
      if (signal?.aborted && judgment.outcome.kind === 'failed') return
      judgments.push(judgment)
      await writer.add(judgment)
      onProgress?.(total - missing.length + judgments.length, total)
      if (judgments.length % BREATH === 0) await setImmediate()
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(judge.concurrency, missing.length) }, work))
  } finally {
    await writer.close()
  }
  return judgments
}

async function askOne({ judge, show, signal }: RunRequest, presentation: Presentation): Promise<Judgment> {
  const started = performance.now()
  const answer = await answerOf(judge, presentation, show(presentation), signal)
  const { id: presentationId, ...shownAs } = presentation
  return {
    v: 1,
    presentationId,
    ...shownAs,
    ...answer,
    latencyMs: Math.round((performance.now() - started) * 1000) / 1000,
    at: new Date().toISOString(),
  }
}

async function answerOf(
  judge: Judge,
  { id }: Presentation,
  shown: ShownPresentation,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    return await judge.answer({ presentationId: id, shown, signal })
  } catch (error) {
    if (!(error instanceof JudgeCallError)) throw error
    return { outcome: { kind: 'failed', reason: 'error', detail: error.message } }
  }
}
