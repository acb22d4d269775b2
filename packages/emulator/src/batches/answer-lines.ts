import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { ANSWERED_FAULTS, MODEL_FAULTS } from '../faults/fault-options.js'
import { fateOf, jobFaultOf } from '../faults/fault-plan.js'
import { errorReply, RefusedRequest } from '../http/reply.js'
import { chatCompletion } from '../inference/chat-completions.js'
import { respond } from '../inference/responses.js'
import { uniformDraw } from '../judging/draws.js'
import type { Vendor } from '../models/model-profile.js'
import type { Services } from '../services.js'
import type { BatchLine } from './read-batch.js'

/** What came of a line. */
export interface LineAnswer {
  readonly customId: string
  readonly status: number
  readonly body: unknown
  /** How often it stands in the output: 0 when it gets lost, 2 when it comes twice. */
  readonly copies: number
  /** Whether a line that nobody asked for stands beside it. */
  readonly hasForeign: boolean
}

/** Lines that are answered before the service looks up. */
const CHUNK = 20

/** Whether a line is answered in the first half of a batch's time: these are there when it expires or is cancelled. */
export function isEarly(batchId: string, { customId }: BatchLine): boolean {
  return uniformDraw('early', batchId, customId) < 0.5
}

/**
 * Answers lines one by one, counting each like a request that came by itself: its content is the endpoint and the body, and
 * which attempt at it this is decides its faults. Of the faults of requests, those inside a model's answer happen here too.
 */
export async function answerLines(
  lines: readonly BatchLine[],
  vendor: Vendor,
  path: '/chat/completions' | '/responses',
  services: Services,
): Promise<LineAnswer[]> {
  const answers: LineAnswer[] = []
  for (const [at, line] of lines.entries()) {
    answers.push(answerLine(line, vendor, path, services))
    if (at % CHUNK === CHUNK - 1) await setImmediate()
  }
  return answers
}

function answerLine(line: BatchLine, vendor: Vendor, path: string, services: Services): LineAnswer {
  const { tally } = services
  const hash = createHash('sha256').update(path).update(line.body).digest('hex')
  const attempt = tally.began(hash)
  const options = services.faults()
  const key = `${hash} ${attempt}`
  const damage = jobFaultOf(options, key, ['lines-failed', 'lines-missing', 'lines-duplicate'])
  const drawn = fateOf(options, hash, attempt, true).fault
  const fault = drawn !== undefined && MODEL_FAULTS.has(drawn) ? drawn : undefined
  const request = { vendor, body: Buffer.from(line.body), hash, answers: tally.answers(hash), fault }
  const reply = damage === 'lines-failed' ? FAILED : replyTo(request, path, services)
  const isLost =
    damage === 'lines-failed' || damage === 'lines-missing' || (fault !== undefined && !ANSWERED_FAULTS.has(fault))
  tally.ended(hash, isLost ? 'faulted' : reply.status === 200 ? 'answered' : 'refused', fault)
  return {
    customId: line.customId,
    status: reply.status,
    body: JSON.parse(reply.body as string) as unknown,
    copies: damage === 'lines-missing' ? 0 : damage === 'lines-duplicate' ? 2 : 1,
    hasForeign: reply.status === 200 && jobFaultOf(options, key, ['lines-foreign']) !== undefined,
  }
}

const FAILED = errorReply({
  status: 500,
  message: 'The server had an error while processing your request.',
  type: 'server_error',
})

function replyTo(
  request: Parameters<typeof chatCompletion>[0],
  path: string,
  services: Services,
): ReturnType<typeof errorReply> {
  try {
    return path === '/responses' ? respond(request, services) : chatCompletion(request, services)
  } catch (error) {
    if (error instanceof RefusedRequest) return errorReply(error.refusal)
    throw error
  }
}
