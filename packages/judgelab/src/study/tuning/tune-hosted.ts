import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TuningResult } from '@judgelab/analysis'
import { ConfigError, type StudyJudge, type StudyTuning, saveJson } from '@judgelab/core'
import { exportPairs, jobFile, loadJob, type TuningEstimate, type TuningJob, type TuningRequest } from '@judgelab/dpo'
import { artifact, doStep, type StudyContext } from '../context.js'
import type { StudyData } from '../prepare.js'
import { backendOf } from './backend-of.js'
import { trainingCurves } from './training-points.js'
import type { Tuned } from './tune.js'
import { loadTuningResult } from './tune-local.js'

const HOUR_MS = 3_600_000

/** Where a hosted job of the study is kept. */
export function jobFolder(context: Pick<StudyContext, 'loaded'>, name: string): string {
  return artifact(context, 'tuning', name, 'job')
}

/** Has a service tune a model, or finds what it tuned before: files, price, consent, job, wait. */
export async function tuneHostedJudge(
  context: StudyContext,
  asked: StudyTuning,
  pairs: NonNullable<StudyData['pairs']>,
): Promise<Tuned> {
  const parameters = withoutEndpoint(asked)
  const { name } = parameters
  const folder = jobFolder(context, name)
  const isRehearsal = context.standIn !== undefined // an emulator forgets its models when it stops
  const trainingFile = artifact(context, 'tuning', name, 'training.json')
  await doStep(context, {
    name: `tune:${name}`,
    title: `Tuning ${name}`,
    inputs: {
      parameters,
      model: modelOf(context, parameters),
      pairs: pairs.result.fingerprint,
      rehearsed: isRehearsal,
    },
    outputs: [jobFile(folder), trainingFile],
    isLabour: true,
    isForced: isRehearsal,
    run: async () => {
      if (isRehearsal) await rm(folder, { recursive: true, force: true })
      const request = await requestOf(context, parameters, pairs, folder)
      const job = await runJob(context, request)
      const curves = await trainingCurves(folder)
      const result: TuningResult = {
        name,
        base: parameters.base,
        parameters,
        ...curves,
        weights: job.tunedModel as string,
      }
      await saveJson(trainingFile, { formatVersion: 1, ...result })
      return `${job.tunedModel}${job.totalPriceUsd === undefined ? '' : `, ${job.totalPriceUsd} USD`}`
    },
  })
  const { tunedModel, baseUrl } = await loadJob(folder)
  return { model: tunedModel, baseUrl, result: await loadTuningResult(trainingFile) }
}

/** An endpoint serves what was tuned: with another one nothing is tuned again. */
function withoutEndpoint({ hosted, ...parameters }: StudyTuning): StudyTuning {
  if (hosted === undefined) return parameters
  const { endpoint: _, ...trained } = hosted
  return { ...parameters, hosted: trained }
}

function modelOf({ loaded }: StudyContext, { base, hosted }: StudyTuning): string {
  const judge = loaded.study.judges.find(({ name }) => name === base) as StudyJudge
  return hosted?.model ?? judge.model
}

/** The pairs in the service's form, checked row by row before anything is uploaded. */
async function requestOf(
  context: StudyContext,
  parameters: StudyTuning,
  { sides }: NonNullable<StudyData['pairs']>,
  folder: string,
): Promise<TuningRequest> {
  const isForTrl = parameters.backend === 'trl' && context.standIn === undefined
  const file = (side: string): string => join(folder, `${side}.${isForTrl ? 'parquet' : 'jsonl'}`)
  const format = isForTrl ? 'trl-conversational' : 'together'
  await mkdir(folder, { recursive: true })
  await exportPairs(sides.train, { format, file: file('train') })
  await exportPairs(sides.validation, { format, file: file('validation') })
  return {
    parameters,
    model: modelOf(context, parameters),
    trainingFile: file('train'),
    validationFile: file('validation'),
    trainingPairs: sides.train.length,
    folder,
  }
}

async function runJob(context: StudyContext, request: TuningRequest): Promise<TuningJob> {
  const { progress, signal } = context
  const { parameters, folder } = request
  const backend = backendOf(context, parameters.backend as 'together' | 'trl')
  const options = {
    signal,
    onStatus: (line: string): void => progress.say(line),
    firstPauseMs: context.firstPauseMs,
  }
  await backend.validate(request)
  const estimate = await backend.estimate(request, options)
  progress.say(estimateLine(request, estimate))
  if (!(await context.approve(`Start tuning ${parameters.name}? ${estimateLine(request, estimate)}`)))
    throw new ConfigError('expected leave to start a job that costs money, found none', `tuning.${parameters.name}`)
  await backend.start(request, options)
  const job = await backend.watch(folder, {
    ...options,
    timeLimitMs: (parameters.hosted?.timeLimitHours ?? 48) * HOUR_MS,
  })
  if (job.status === 'completed' && job.tunedModel !== undefined) return job
  throw new Error(endingOf(job, folder))
}

function estimateLine({ model }: TuningRequest, { priceUsd, trainTokens, reason }: TuningEstimate): string {
  const price =
    priceUsd === null ? `no price is known (${reason ?? 'the service gives none'})` : `about ${priceUsd} USD`
  return `${model}: ${price}${trainTokens === null ? '' : ` for ${trainTokens} training tokens`}`
}

function endingOf({ status, jobId, name }: TuningJob, folder: string): string {
  return status === 'exported'
    ? `tuning ${name} is written out and not yet trained: ${folder} holds the files and the commands; then judgelab tune import`
    : `tuning ${name} ended as ${status}${jobId === undefined ? '' : ` (job ${jobId})`}; its events are in ${folder}/events.jsonl`
}
