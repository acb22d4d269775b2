import { createNumpyRandom, type JudgeLimits, type Provider, type StudyJudge } from '@judgelab/core'
import { createOpenAiClient, createTogetherClient } from '@judgelab/services'
import type { BulkJudge, ServiceJudge } from '../judge.js'
import { baseUrlOf, type Environment, keyOf } from '../providers/connection.js'
import type { SourcedPrices } from '../providers/model-facts.js'
import { RETRY_POLICY, type RetryPolicy } from '../run/retries.js'
import { type BatchReach, batchFiles, loadRecords } from './batch-record.js'
import type { BatchService } from './batch-service.js'
import { batchTermsOf, type ShardLimits } from './batch-terms.js'
import { type BatchWork, collectBatches } from './collect-batches.js'
import { openAiBatches } from './openai-batches.js'
import { requestIds } from './read-lines.js'
import { MOST_OUT } from './room-left.js'
import { togetherBatches } from './together-batches.js'

/** How a judge is asked through its provider's batch service. */
export interface BatchJudgeOptions {
  /** The judge of the study that `judge` was made of. */
  readonly asked: Pick<StudyJudge, 'name' | 'provider' | 'baseUrl' | 'keyEnv' | 'settings'> & {
    readonly limits: JudgeLimits
  }
  readonly env: Environment
  /** As of `createServiceJudge`. */
  readonly standIn?: { readonly baseUrl: string; readonly key: string; readonly name: string } | undefined
  readonly tuning?: BatchTuning | undefined
}

/** What may differ from what suits the real services. */
export interface BatchTuning {
  /** Of one file; never above what the service takes. */
  readonly shard?: Partial<ShardLimits> | undefined
  /** How often a request is sent at the most; 4 where nothing is said. */
  readonly attempts?: number | undefined
  /** First and longest pause between two looks, in milliseconds; 2,000 and 60,000 where nothing is said. */
  readonly pauses?: BatchWork['pauses'] | undefined
  readonly retries?: RetryPolicy | undefined
  readonly now?: (() => Date) | undefined
}

/**
 * A judge behind a service, asked by the file: the same requests, read the same way, at the batch service's prices. What is
 * under way stands in the run's folder, and any later start, on any machine with the folder and the key, goes on with it.
 */
export function createBatchJudge(judge: ServiceJudge, options: BatchJudgeOptions): BulkJudge {
  const { asked, env, standIn, tuning = {} } = options
  const reach = reachOf(options)
  const credential = standIn?.key ?? keyOf(asked, env)
  const batches = batchServiceAt({ ...reach, baseUrl: standIn?.baseUrl ?? reach.baseUrl }, credential, env)
  return bulkJudge(judge, batches, {
    reach,
    credential,
    tuning,
    prices: batchPrices(judge.prices),
    enqueuedTokens: asked.limits.enqueuedTokens,
    isForgetful: standIn !== undefined,
  })
}

/** What makes a bulk judge of a service judge, whoever answers the files. */
export interface BulkParts extends Pick<BatchWork, 'reach' | 'credential' | 'isForgetful' | 'handOff'> {
  readonly tuning: BatchTuning
  readonly prices: SourcedPrices | undefined
  readonly enqueuedTokens?: number | undefined
}

const ATTEMPTS = 4
const PAUSES = { firstMs: 2000, longestMs: 60_000 }

export function bulkJudge(judge: ServiceJudge, batches: BatchService, parts: BulkParts): BulkJudge {
  const { tuning, prices, enqueuedTokens = batches.enqueuedTokens ?? Number.POSITIVE_INFINITY, ...rest } = parts
  const { name, id, spec } = judge
  const work: BatchWork = {
    ...rest,
    judge,
    batches,
    judgeId: id,
    service: batches.name,
    limits: {
      requests: Math.min(batches.limits.requests, tuning.shard?.requests ?? Number.POSITIVE_INFINITY),
      bytes: Math.min(batches.limits.bytes, tuning.shard?.bytes ?? Number.POSITIVE_INFINITY),
    },
    enqueuedTokens,
    mostOut: rest.handOff === undefined ? MOST_OUT : Number.POSITIVE_INFINITY,
    attempts: tuning.attempts ?? ATTEMPTS,
    patienceMs: batches.patienceHours * 3_600_000,
    pauses: tuning.pauses ?? PAUSES,
    retries: tuning.retries ?? RETRY_POLICY,
    random: createNumpyRandom(Number.parseInt(id.slice(0, 8), 16)).randomSample,
    now: tuning.now ?? (() => new Date()),
  }
  return {
    name,
    id,
    spec,
    prices,
    requests: judge,
    engine: batches.name === 'vllm' ? 'vllm' : 'batch',
    underWay: (folder) => underWay(folder, id),
    collect: (calls, collecting) => collectBatches(work, calls, collecting),
  }
}

/** Digests of the requests of all batches that are not settled. */
async function underWay(folder: string, judgeId: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>()
  for (const { key, judgeId: of, state } of await loadRecords(folder))
    if (of === judgeId && state !== 'settled' && state !== 'planned')
      for (const id of await requestIds(batchFiles(folder, key).requests)) ids.add(id)
  return ids
}

/** What a batch takes of the prices; where nobody says, the whole of them. */
function batchPrices(prices: SourcedPrices | undefined): SourcedPrices | undefined {
  if (prices === undefined) return undefined
  const { input, output, cachedInput, batchShare, source } = prices
  if (batchShare === undefined) return { ...prices, source: `${source}; no batch price known, taken as without` }
  return {
    input: input * batchShare,
    output: output * batchShare,
    ...(cachedInput === undefined ? {} : { cachedInput: cachedInput * batchShare }),
    source: `${source}; times ${batchShare} in batches`,
  }
}

/** The address of a judge's batch service, as its run's folder keeps it. */
function reachOf({ asked, env, standIn }: Pick<BatchJudgeOptions, 'asked' | 'env' | 'standIn'>): BatchReach {
  const { provider, keyEnv, settings } = asked
  const { keyHeader, apiVersion } = settings
  return {
    service: batchTermsOf(provider).name,
    provider,
    baseUrl: standIn?.name ?? baseUrlOf(asked, env),
    ...(keyEnv === undefined ? {} : { keyEnv }),
    ...(keyHeader === 'api-key' ? { keyHeader } : {}),
    ...(typeof apiVersion === 'string' ? { apiVersion } : {}),
  }
}

/** The batch service at an address. Nothing is sent before it is used. */
export function batchServiceAt(reach: BatchReach, apiKey: string | undefined, env: Environment): BatchService {
  const { service, baseUrl, keyHeader, apiVersion } = reach
  if (service === 'together') return togetherBatches(createTogetherClient({ apiKey, baseUrl, maxRetries: 0 }))
  return openAiBatches(
    createOpenAiClient({
      apiKey,
      baseUrl,
      keyHeader,
      query: apiVersion === undefined ? undefined : { 'api-version': apiVersion },
      organization: env.OPENAI_ORG_ID,
      project: env.OPENAI_PROJECT_ID,
    }),
  )
}

/** How a provider's key is found again. */
export function reachKey({ provider, keyEnv }: BatchReach, env: Environment): string | undefined {
  return keyOf({ name: 'of a batch', provider: provider as Provider, keyEnv }, env)
}
