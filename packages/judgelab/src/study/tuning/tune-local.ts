import { readFile } from 'node:fs/promises'
import type { TrainingPoint, TuningResult } from '@judgelab/analysis'
import { ConfigError, type Study, type StudyTuning, saveJson, saveText } from '@judgelab/core'
import { tuneLocally } from '@judgelab/dpo'
import {
  featureReportMarkdown,
  type Policy,
  parsePolicy,
  policyDigest,
  priorPolicy,
  serializePolicy,
} from '@judgelab/policy'
import { codeVersion } from '../code-version.js'
import { artifact, doStep, type StudyContext } from '../context.js'
import { loadOwnJson } from '../load-own-json.js'
import type { StudyData } from '../prepare.js'

/** A policy that was tuned here. */
export interface TunedPolicy {
  readonly policy: Policy
  readonly result: TuningResult
}

/** Tunes as one part of the study asks, or takes what was tuned before on the same pairs with the same parameters. */
export async function tuneLocalJudge(
  context: StudyContext,
  parameters: StudyTuning,
  pairs: NonNullable<StudyData['pairs']>,
): Promise<TunedPolicy> {
  const { name } = parameters
  const base = basePolicy(context.loaded.study, parameters)
  const weightsFile = artifact(context, 'tuning', name, 'weights.json')
  const trainingFile = artifact(context, 'tuning', name, 'training.json')
  const featuresFile = artifact(context, 'tuning', name, 'features.json')
  const featuresPage = artifact(context, 'tuning', name, 'features.md')
  await doStep(context, {
    name: `tune:${name}`,
    title: `Tuning ${name}`,
    inputs: {
      parameters,
      base: policyDigest(base),
      pairs: pairs.result.fingerprint,
      code: await codeVersion(['core', 'dpo', 'policy']),
    },
    outputs: [weightsFile, trainingFile, featuresFile, featuresPage],
    isLabour: true,
    run: async () => {
      const { progress, signal } = context
      const { policy, steps, validation, stopping, features } = await tuneLocally({
        base,
        pairs: pairs.sides,
        parameters,
        signal,
        onProgress: progress.advance,
      })
      await saveText(weightsFile, serializePolicy(policy))
      const result: TuningResult = {
        name,
        base: parameters.base,
        parameters,
        steps: steps.map(pointOf),
        validation: validation.map(pointOf),
        weights: policyDigest(policy),
      }
      await saveJson(trainingFile, { formatVersion: 1, ...result })
      await saveJson(featuresFile, { formatVersion: 1, ...features })
      await saveText(featuresPage, `# What moved in ${name}\n\n${featureReportMarkdown(features)}`)
      const last = validation.at(-1)
      const stop = stopping === undefined ? '' : `; weights of step ${stopping.bestStep}`
      return `${steps.length} steps; validation loss ${last?.loss.toFixed(4) ?? 'not measured'}${stop}`
    },
  })
  return {
    policy: parsePolicy(await readFile(weightsFile, 'utf8'), weightsFile),
    result: await loadTuningResult(trainingFile),
  }
}

/** What results say of a step; the trainer knows more. */
function pointOf({ step, epoch, loss, rewardAccuracy, margin }: TrainingPoint): TrainingPoint {
  return { step, epoch, loss, rewardAccuracy, margin }
}

/** The weights of an untuned linear judge: the documented prior. @throws {ConfigError} if the base is no linear judge */
export function basePolicy({ judges }: Study, { name, base }: StudyTuning): Policy {
  const judge = judges.find((held) => held.name === base)
  if (judge?.provider === 'local' && judge.model === 'linear') return priorPolicy()
  throw new ConfigError(
    `expected a local linear judge, which backend local tunes, found ${judge?.provider} ${judge?.model}`,
    `tuning.${name}.base`,
  )
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
