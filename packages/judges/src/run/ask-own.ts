import { JudgeCallError, type Presentation } from '@judgelab/core'
import type { Answer, OwnJudge } from '../judge.js'
import { type Asking, toMs } from './asking.js'

/** Asks a judge of this process, as many calls at once as it takes. */
export async function askOwn(judge: OwnJudge, presentations: readonly Presentation[], asking: Asking): Promise<void> {
  const { halt, record } = asking
  const queue = presentations.values()
  const work = async (): Promise<void> => {
    while (!halt.isOn()) {
      const next = queue.next()
      if (next.done) return
      const made = await answerOne(judge, next.value, asking)
      if (halt.reason() !== undefined && made.outcome.kind === 'failed') return
      await record(next.value, made)
    }
  }
  const workers = Math.min(judge.concurrency, presentations.length)
  await Promise.all(Array.from({ length: workers }, () => work().catch(halt.fail)))
}

async function answerOne(
  judge: OwnJudge,
  presentation: Presentation,
  { request, clock }: Asking,
): Promise<Answer & { readonly latencyMs: number }> {
  const shown = request.show(presentation)
  const startedMs = clock.elapsedMs()
  const answer = await answerOf(judge, { presentationId: presentation.id, shown, signal: request.signal })
  return { ...answer, latencyMs: toMs(clock.elapsedMs() - startedMs) }
}

async function answerOf(judge: OwnJudge, call: Parameters<OwnJudge['answer']>[0]): Promise<Answer> {
  try {
    return await judge.answer(call)
  } catch (error) {
    if (!(error instanceof JudgeCallError)) throw error
    return { outcome: { kind: 'failed', reason: 'error', detail: error.message } }
  }
}
