import { readFile } from 'node:fs/promises'
import type { TuningResult } from '@judgelab/analysis'
import { ConfigError, type Study, type StudyTuning, saveJson, saveText } from '@judgelab/core'
import { tuneLocally } from '@judgelab/dpo'
import { type Policy, parsePolicy, policyDigest, priorPolicy, serializePolicy } from '@judgelab/policy'
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
  await doStep(context, {
    name: `tune:${name}`,
    title: `Tuning ${name}`,
    inputs: {
      parameters,
      base: policyDigest(base),
      pairs: pairs.result.fingerprint,
      code: await codeVersion(['core', 'dpo', 'policy']),
    },
    outputs: [weightsFile, trainingFile],
    isLabour: true,
    run: async () => {
      const { progress, signal } = context
      const { policy, steps, validation } = await tuneLocally({
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
        steps,
        validation,
        weights: policyDigest(policy),
      }
      await saveJson(trainingFile, { formatVersion: 1, ...result })
      const last = validation.at(-1)
      return `${steps.length} steps; validation loss ${last?.loss.toFixed(4) ?? 'not measured'}`
    },
  })
  return {
    policy: parsePolicy(await readFile(weightsFile, 'utf8'), weightsFile),
    result: await loadTuningResult(trainingFile),
  }
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
