import type { Api, ShownPresentation } from '@judgelab/core'
import type { Answer, ServiceJudge } from '../judge.js'
import { bodyProblem } from '../providers/body-problem.js'
import { isRetryableStatus } from '../providers/call-error.js'
import { at, filteredParts, textAt } from '../providers/reply.js'
import type { ResultLine } from './read-lines.js'

/** What a line of results says of its request. */
export type LineMeaning =
  /** It is a judgment, maybe a failed one. `reply` where it may answer the same request again; free where nothing was made. */
  | { readonly kind: 'answer'; readonly answer: Answer; readonly reply?: unknown; readonly isFree: boolean }
  /** It may be answered when it is sent again. */
  | { readonly kind: 'again'; readonly message: string; readonly isFree: boolean }

/** Codes of requests that a batch did not come to. */
const NEVER_MADE: ReadonlySet<string> = new Set(['batch_expired', 'batch_cancelled', 'expired', 'cancelled'])
/** Statuses that are not of one request, but of the key, the account or the model: they may be mended before the next try. */
const OF_EVERY_REQUEST: ReadonlySet<number> = new Set([401, 402, 403, 404])
/** Longest message of a service that is kept, in characters. */
const LONGEST = 300

/** Reads a line as the judge would read the same reply if it had asked by itself. */
export function interpretLine(line: ResultLine, judge: ServiceJudge, shown: ShownPresentation): LineMeaning {
  const { status, body, code } = line
  if (status === 200) return interpretReply(body, judge, shown)
  const message = messageOf(body) ?? code ?? 'no reason given'
  if (status === undefined)
    return { kind: 'again', message: NEVER_MADE.has(code ?? '') ? `not made: ${message}` : message, isFree: true }
  const refused = { error: at(body, 'error') ?? body }
  if ((status === 400 || status === 403) && filteredParts(refused) !== undefined)
    return { kind: 'answer', answer: judge.read(refused, shown), isFree: true }
  const said = `${judge.spec.provider} answered ${status}: ${message}`
  if (isRetryableStatus(status) || OF_EVERY_REQUEST.has(status)) return { kind: 'again', message: said, isFree: true }
  return { kind: 'answer', answer: { outcome: { kind: 'failed', reason: 'error', detail: said } }, isFree: true }
}

function interpretReply(body: unknown, judge: ServiceJudge, shown: ShownPresentation): LineMeaning {
  const problem = bodyProblem(body, apiOf(judge))
  if (problem === undefined) {
    const answer = judge.read(body, shown)
    return { kind: 'answer', answer, reply: body, isFree: false }
  }
  const message = `${judge.spec.provider} ${problem.text}`
  if (problem.isRetryable) return { kind: 'again', message, isFree: false }
  return {
    kind: 'answer',
    answer: { outcome: { kind: 'failed', reason: 'error', detail: message } },
    isFree: false,
  }
}

function apiOf({ spec }: ServiceJudge): Api {
  return spec.api ?? 'chat'
}

function messageOf(body: unknown): string | undefined {
  const text =
    typeof body === 'string' ? body : (textAt(at(body, 'error'), 'message') ?? textAt(body, 'message') ?? undefined)
  const plain = text?.replaceAll(/\s+/g, ' ').trim()
  if (plain === undefined || plain === '') return undefined
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain
}
