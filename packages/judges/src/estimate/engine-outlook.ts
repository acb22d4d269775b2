import { type BatchTerms, batchTermsOf, type HostedBatchTerms } from '../batch/batch-terms.js'
import { type FilesAndRounds, filesAndRounds } from '../batch/files-and-rounds.js'
import type { BulkJudge, ServiceJudge, ServiceRequest } from '../judge.js'
import type { SourcedPrices } from '../providers/model-facts.js'
import { requestDigest } from '../run/request-digest.js'
import type { TimeExpectation } from './expected-seconds.js'
import { requestsOf } from './requests-of.js'

/** What the same calls cost, and when they are done, call by call and by the batch service of the same provider. */
export interface EngineOutlook {
  readonly online: OnlineOutlook
  /** Absent where the provider has no batch service that is known. */
  readonly batch?: BatchOutlook | undefined
  /** `neither` where both cost the same; absent where a price, the batch share or the batch service is not known. */
  readonly cheaper?: 'online' | 'batch' | 'neither' | undefined
}

/** Calls one by one. */
export interface OnlineOutlook {
  /** At the online prices, whichever engine the study says; absent where nobody knows them. */
  readonly usd?: number | undefined
  /** Absent where neither an earlier run nor a published speed says how long an answer takes. */
  readonly time?: TimeExpectation | undefined
}

/** Calls by the file. */
export interface BatchOutlook extends FilesAndRounds {
  readonly service: BatchTerms['name']
  /** The online cost times the batch share; absent where nobody knows either. */
  readonly usd?: number | undefined
  /** Of all files of requests. */
  readonly bytes: number
  /** The stated window, once for each round. */
  readonly hours: number
  /** Whether the service tries to keep to its window, or promises it. */
  readonly isBestEffort: boolean
  /** When the engine gives up the last batch, if every round takes that long. What a batch left unanswered is sent again after it. */
  readonly hoursAtMost: number
}

/** The engines of a judge that was counted. */
export interface OutlookRequest {
  readonly judge: ServiceJudge | BulkJudge
  /** Calls that will be sent. */
  readonly calls: number
  /** Requests whose lines stand for all: their mean length is that of every line. */
  readonly counted: readonly ServiceRequest[]
  /** Of the calls, by the given prices, in USD. */
  readonly usdAt: (prices: SourcedPrices) => number
  readonly time: TimeExpectation | undefined
}

/**
 * What a judge's calls cost by each engine and when they are done. Undefined where there is nothing to choose: on machines of
 * one's own, and by the evaluation service.
 */
export function engineOutlook({ judge, calls, counted, usdAt, time }: OutlookRequest): EngineOutlook | undefined {
  const online = requestsOf(judge)
  if (online === undefined || engineOf(judge) === 'vllm') return undefined
  const usd = online.prices === undefined ? undefined : usdAt(online.prices)
  const terms = termsFor(judge, online)
  const batch = terms && batchOutlook({ online, terms, calls, counted, usd })
  return { online: { usd, time }, batch, cheaper: cheaperOf(usd, batch?.usd) }
}

function engineOf(judge: ServiceJudge | BulkJudge): BulkJudge['engine'] {
  return 'compose' in judge ? 'online' : judge.engine
}

/** A server that nobody knows has a batch service where the study says so. */
function termsFor(judge: ServiceJudge | BulkJudge, { spec }: ServiceJudge): HostedBatchTerms | undefined {
  const isKnown = spec.provider === 'openai' || spec.provider === 'together'
  return isKnown || engineOf(judge) === 'batch' ? batchTermsOf(spec.provider) : undefined
}

function batchOutlook({
  online,
  terms,
  calls,
  counted,
  usd,
}: {
  readonly online: ServiceJudge
  readonly terms: HostedBatchTerms
  readonly calls: number
  readonly counted: readonly ServiceRequest[]
  readonly usd: number | undefined
}): BatchOutlook {
  const { windowHours, patienceHours, isBestEffort, name } = terms
  const bytes = Math.round(calls * meanLineBytes(counted, online.service, terms))
  const { enqueuedTokens } = online.limits
  const { files, rounds } = filesAndRounds({ requests: calls, bytes, terms, enqueuedTokens })
  const share = online.prices?.batchShare
  return {
    service: name,
    usd: usd === undefined || share === undefined ? undefined : usd * share,
    files,
    bytes,
    rounds,
    hours: rounds * windowHours,
    isBestEffort,
    hoursAtMost: rounds * patienceHours,
  }
}

/** Mean UTF-8 bytes of a request's line in a batch file, its line end among them; 0 of no requests. */
export function meanLineBytes(
  requests: readonly ServiceRequest[],
  service: string,
  { lineOf }: Pick<BatchTerms, 'lineOf'>,
): number {
  const bytes = requests.map((request) => {
    const line = lineOf(requestDigest(service, request), request)
    return Buffer.byteLength(JSON.stringify(line)) + 1
  })
  return bytes.reduce((sum, each) => sum + each, 0) / Math.max(1, bytes.length)
}

function cheaperOf(online: number | undefined, batch: number | undefined): EngineOutlook['cheaper'] {
  if (online === undefined || batch === undefined) return undefined
  if (online === batch) return 'neither'
  return online < batch ? 'online' : 'batch'
}
