import { ConfigError, type Study, type StudyJudge, type StudyTuning } from '@judgelab/core'
import { loadKeptExamples } from '@judgelab/datasets'
import {
  createLocalBackend,
  createTogetherBackend,
  createTrlBackend,
  type FindExample,
  LOCAL_FILES,
  type TogetherSecrets,
  type TuningBackend,
} from '@judgelab/dpo'
import { type Policy, policyDigest, priorPolicy } from '@judgelab/policy'
import { createTogetherClient, keyOf, type TogetherClient } from '@judgelab/services'
import { codeVersion } from '../code-version.js'
import { artifact, type StudyContext } from '../context.js'

/** What tunes one judge of a study. */
export interface ChosenBackend {
  readonly backend: TuningBackend
  /** Its name of the model that is tuned. */
  readonly model: string
  /** What the outcome depends on beside parameters, model and pairs. */
  readonly dependsOn: unknown
  /** Files of a job's folder without which it is not done, beside `job.json`. */
  readonly files: readonly string[]
}

/** What tunes a judge, as the study asks. In a rehearsal every service's part is played by the emulator, and TRL's too. */
export async function chooseBackend(
  context: Pick<StudyContext, 'loaded' | 'env' | 'standIn'>,
  parameters: StudyTuning,
): Promise<ChosenBackend> {
  const { study } = context.loaded
  if (parameters.backend === 'local') {
    const base = basePolicy(study, parameters)
    const code = await codeVersion(['core', 'dpo', 'policy'])
    return {
      backend: createLocalBackend({ base, code, examples: () => examplesOf(context) }),
      model: 'linear',
      dependsOn: [policyDigest(base), code],
      files: LOCAL_FILES,
    }
  }
  const judge = study.judges.find(({ name }) => name === parameters.base)
  return {
    backend: hostedBackend(context, parameters.backend, judge),
    model: parameters.hosted?.model ?? (judge?.model as string),
    dependsOn: { rehearsed: context.standIn !== undefined },
    files: [],
  }
}

/** Finds the examples of the benchmark that the study keeps. */
async function examplesOf(context: Pick<StudyContext, 'loaded'>): Promise<FindExample> {
  const examples = await loadKeptExamples(artifact(context))
  return (id) => examples.get(id)
}

/**
 * What tunes elsewhere: at a service, or on machines of one's own.
 *
 * @param judge that is tuned: jobs go where its calls go
 */
export function hostedBackend(
  context: Pick<StudyContext, 'env' | 'standIn'>,
  backend: 'together' | 'trl',
  judge: ReachedJudge | undefined,
): TuningBackend {
  return backend === 'trl' && context.standIn === undefined
    ? createTrlBackend()
    : createTogetherBackend(togetherClient(context, judge), togetherSecrets(context))
}

/** Keys of the services that Together fetches from and logs to. A rehearsal tells nobody a real one. */
export function togetherSecrets({ env, standIn }: Pick<StudyContext, 'env' | 'standIn'>): TogetherSecrets {
  return standIn === undefined
    ? { hfToken: env.HF_TOKEN, wandbKey: env.WANDB_API_KEY }
    : { hfToken: 'rehearsal', wandbKey: 'rehearsal' }
}

/** Where a judge's calls go, and by which key, where the study says so. */
export type ReachedJudge = Pick<StudyJudge, 'baseUrl' | 'keyEnv'>

/**
 * A client of Together for the study's account, or of the emulator in a rehearsal. It goes where the judge's calls go, by the
 * same key.
 *
 * @throws {ConfigError} for a missing key
 */
export function togetherClient(
  { env, standIn }: Pick<StudyContext, 'env' | 'standIn'>,
  { baseUrl, keyEnv }: ReachedJudge = {},
): TogetherClient {
  const emulated = standIn?.('together')
  return emulated === undefined
    ? createTogetherClient({
        apiKey: keyOf('together', env, keyEnv),
        baseUrl: baseUrl ?? (env.TOGETHER_BASE_URL || undefined),
      })
    : createTogetherClient({ apiKey: emulated.key, baseUrl: emulated.baseUrl })
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
