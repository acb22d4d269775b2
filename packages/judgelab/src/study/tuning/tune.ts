import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TuningResult } from '@judgelab/analysis'
import { ConfigError, type StudyTuning, saveJson } from '@judgelab/core'
import {
  jobFile,
  loadJob,
  type PairSides,
  type TunedModel,
  type TuningBackend,
  type TuningEstimate,
  type TuningJob,
  type TuningRequest,
  type WatchOptions,
} from '@judgelab/dpo'
import { usdText } from '@judgelab/judges'
import { artifact, doStep, type StudyContext } from '../context.js'
import { loadOwnJson } from '../load-own-json.js'
import { type ChosenBackend, chooseBackend } from './backend-of.js'

/** What tuning made of a judge, and what the results say of how it went. */
export interface Tuned extends Pick<TunedModel, 'policy' | 'model' | 'baseUrl' | 'keyEnv'> {
  readonly result: TuningResult
}

/** Pairs to learn from, and the digest of what they are. */
export interface TuningPairs {
  readonly sides: PairSides
  readonly result: { readonly fingerprint: string }
}

const HOUR_MS = 3_600_000

/** Tunes as one part of the study asks, or takes what was tuned before on the same pairs with the same parameters. */
export async function tune(context: StudyContext, asked: StudyTuning, pairs: TuningPairs): Promise<Tuned> {
  const { name } = asked
  const chosen = await chooseBackend(context, asked)
  const request = requestOf(context, asked, chosen, pairs)
  const { parameters, model, folder } = request
  const trainingFile = artifact(context, 'tuning', name, 'training.json')
  const isForgotten = context.standIn !== undefined && parameters.backend !== 'local' // by an emulator that has stopped
  await doStep(context, {
    name: `tune:${name}`,
    title: `Tuning ${name}`,
    inputs: { parameters, model, pairs: pairs.result.fingerprint, dependsOn: chosen.dependsOn },
    outputs: [jobFile(folder), ...chosen.files.map((file) => join(folder, file)), trainingFile],
    isLabour: true,
    isForced: isForgotten,
    run: async () => {
      if (isForgotten) await rm(folder, { recursive: true, force: true })
      const tuned = await runJob(context, chosen.backend, request)
      const result = resultOf(parameters, tuned)
      await saveJson(trainingFile, { formatVersion: 1, ...result })
      return outcomeLine(tuned, await loadJob(folder))
    },
  })
  return { ...(await chosen.backend.result(folder)), result: await loadTuningResult(trainingFile) }
}

/** Where a job of the study is kept. */
export function jobFolder(context: Pick<StudyContext, 'loaded'>, name: string): string {
  return artifact(context, 'tuning', name, 'job')
}

/** What is asked of the backend. An endpoint serves what was tuned: with another one nothing is tuned again. */
export function requestOf(
  context: Pick<StudyContext, 'loaded'>,
  { hosted, ...asked }: StudyTuning,
  { model }: ChosenBackend,
  { sides }: Pick<TuningPairs, 'sides'>,
): TuningRequest {
  const { endpoint: _, ...trained } = hosted ?? {}
  const parameters = hosted === undefined ? asked : { ...asked, hosted: trained as typeof hosted }
  return { parameters, model, pairs: sides, folder: jobFolder(context, asked.name) }
}

async function runJob(context: StudyContext, backend: TuningBackend, request: TuningRequest): Promise<TunedModel> {
  const { parameters, folder } = request
  const options = watchOptions(context)
  await backend.validate(request)
  const estimate = await backend.estimate(request, options)
  if (!(await isPaid(backend, folder, estimate))) await requireLeave(context, request, estimate)
  await backend.start(request, options)
  await backend.watch(folder, { ...options, timeLimitMs: (parameters.hosted?.timeLimitHours ?? 48) * HOUR_MS })
  return backend.result(folder)
}

/** Whether a job that costs something has begun: then nobody need be asked again. */
async function isPaid(backend: TuningBackend, folder: string, { priceUsd }: TuningEstimate): Promise<boolean> {
  return priceUsd !== 0 && (await backend.resume(folder)).jobId !== undefined
}

/** How the study waits for a job. */
export function watchOptions({ signal, progress, firstPauseMs }: StudyContext): WatchOptions {
  return { signal, onStatus: progress.say, onProgress: progress.advance, firstPauseMs }
}

/** Says what a job costs, and asks whether it may begin, unless it costs nothing. @throws {ConfigError} where the answer is no */
export async function requireLeave(
  { progress, approve }: Pick<StudyContext, 'progress' | 'approve'>,
  request: TuningRequest,
  estimate: TuningEstimate,
): Promise<void> {
  if (estimate.priceUsd === 0) return
  const { name } = request.parameters
  const cost = estimateLine(request, estimate)
  progress.say(cost)
  if (await approve(`Start tuning ${name}? ${cost}`)) return
  throw new ConfigError('expected leave to start a job that costs money, found none', `tuning.${name}`)
}

function estimateLine({ model }: TuningRequest, { priceUsd, trainTokens, reason }: TuningEstimate): string {
  const price =
    priceUsd === null ? `no price is known (${reason ?? 'the service gives none'})` : `about ${usdText(priceUsd)}`
  return `${model}: ${price}${trainTokens === null ? '' : ` for ${trainTokens} training tokens`}`
}

function resultOf(parameters: StudyTuning, { weights, steps, validation }: TunedModel): TuningResult {
  const { name, base } = parameters
  return { name, base, parameters, steps, validation, weights }
}

function outcomeLine({ model, steps, validation, warnings = [] }: TunedModel, { totalPriceUsd }: TuningJob): string {
  const last = validation.at(-1)
  return [
    ...(model === undefined ? [] : [model]),
    ...(steps.length === 0 ? [] : [`${steps.length} steps`]),
    `validation loss ${last?.loss.toFixed(4) ?? 'not measured'}`,
    ...(totalPriceUsd === undefined ? [] : [usdText(totalPriceUsd)]),
    ...warnings.map((warning) => `warning: ${warning}`),
  ].join(', ')
}

/** How a tuning went, from its file. */
export async function loadTuningResult(file: string): Promise<TuningResult> {
  const { formatVersion: _, ...result } = await loadOwnJson<TuningResult & { formatVersion: 1 }>(file, {
    name: 'string',
    base: 'string',
    parameters: 'object',
    steps: 'list',
    validation: 'list',
    weights: 'string',
  })
  return result
}
