import { resolve } from 'node:path'
import { ConfigError, type Project, type StudyJudge } from '@judgelab/core'
import { type Benchmark, createProblemLog, leftOutCount, loadRecordedAnswers } from '@judgelab/datasets'
import {
  askingOf,
  createBatchJudge,
  createLocalJudge,
  createReplayJudge,
  createServiceJudge,
  createTogetherEvalsJudge,
  createVllmJudge,
  defaultPromptName,
  type Judge,
  type JudgingPrompt,
  loadEvalTemplate,
  loadPrompt,
  modelAbilities,
  type ServiceJudge,
  type Shot,
} from '@judgelab/judges'
import { type Policy, priorPolicy } from '@judgelab/policy'
import { codeVersion } from '../code-version.js'
import type { StandIn, StudyContext } from '../context.js'

/** What making a judge needs of a study. */
export type JudgeMeans = Pick<StudyContext, 'loaded' | 'registry' | 'env' | 'standIn'> &
  Partial<Pick<StudyContext, 'firstPauseMs'>>

/** What a judge is made with, beside what the study says of it. */
export interface MadeWith {
  readonly benchmark: Benchmark
  /** The weights of a linear judge; defaults to the prior. */
  readonly policy?: Policy | undefined
  readonly shots?: readonly Shot[] | undefined
}

/** What the answers of a local judge depend on, beside its settings and weights. */
export const LOCAL_CODE: readonly string[] = ['core', 'judges', 'policy']

/** A judge of the study, ready to be asked. Nothing is sent and no connection opened. @throws {ConfigError} naming the field */
export async function makeJudge(means: JudgeMeans, asked: StudyJudge, made: MadeWith): Promise<Judge> {
  switch (asked.provider) {
    case 'local':
      return makeLocalJudge(asked, made.policy)
    case 'replay': {
      const path = resolve(means.loaded.project.root, asked.path as string)
      const log = createProblemLog(asked.problems ?? 'strict')
      const { format, model } = asked
      const recorded = await loadRecordedAnswers({ format, path, model, benchmark: made.benchmark, log })
      return createReplayJudge(asked, recorded, { rowsLeftOut: leftOutCount(log.report()) })
    }
    default:
      return makeServiceJudge(means, asked, made.shots)
  }
}

/** A judge of this process; the weights of a linear one default to the prior. */
export async function makeLocalJudge(asked: StudyJudge, policy: Policy = priorPolicy()): Promise<Judge> {
  return createLocalJudge({ ...asked, policy, code: await codeVersion(LOCAL_CODE) })
}

/** A model behind a service, with its prompt, and in a rehearsal with the emulator in the service's place. */
export async function makeServiceJudge(
  { loaded, registry, env, standIn, firstPauseMs }: JudgeMeans,
  asked: StudyJudge,
  shots: readonly Shot[] = [],
): Promise<Judge> {
  const known = await registry()
  const emulated = standIn?.(asked.provider)
  if (asked.provider === 'together-evals') {
    const { text: template } = await loadEvalTemplate(loaded.project, asked.prompt)
    const pauses = emulated === undefined ? undefined : { firstMs: 5, longestMs: 50 }
    return createTogetherEvalsJudge({ asked, template, registry: known, env, standIn: emulated, pauses })
  }
  const prompt = await loadJudgePrompt(loaded.project, asked)
  const asking = askingOf(asked, modelAbilities(known, asked), prompt)
  const reached = asked.engine === 'vllm' ? { ...asked, baseUrl: asked.baseUrl ?? VLLM_URL } : asked
  const judge = createServiceJudge({ asked: reached, prompt, asking, shots, registry: known, env, standIn: emulated })
  return withEngine(judge, reached, { env, emulated, firstPauseMs })
}

/** Where vLLM listens where nobody says anything else: the address stands for one's own machines. */
const VLLM_URL = 'http://localhost:8000/v1'

/** A judge asked as the study says. In a rehearsal the emulator answers what vLLM would. */
function withEngine(
  judge: ServiceJudge,
  asked: StudyJudge,
  {
    env,
    emulated,
    firstPauseMs,
  }: Pick<JudgeMeans, 'env' | 'firstPauseMs'> & { readonly emulated: StandIn | undefined },
): Judge {
  if (asked.engine === 'online') return judge
  if (asked.engine === 'vllm' && emulated === undefined) return createVllmJudge(judge)
  const firstMs = firstPauseMs ?? (emulated === undefined ? undefined : 5)
  const tuning = firstMs === undefined ? {} : { pauses: { firstMs, longestMs: 10 * firstMs } }
  return createBatchJudge(judge, { asked, env, standIn: emulated, tuning })
}

/**
 * Refuses a judge that can't be asked, before anything is prepared for it: a model or setting that there is not, a prompt
 * that can't be read, a key that is not set.
 *
 * @throws {ConfigError} naming `judges.<name>.<field>`, or the variable of the key
 */
export async function checkJudges(means: JudgeMeans): Promise<void> {
  for (const asked of means.loaded.study.judges) await checkJudge(means, asked)
}

async function checkJudge(means: JudgeMeans, asked: StudyJudge): Promise<void> {
  const { name, provider, mode, settings } = asked
  const field = (part: string): string => `judges.${name}.${part}`
  switch (provider) {
    case 'local':
      createLocalJudge({ ...asked, policy: priorPolicy() })
      return
    case 'replay': {
      if (mode !== 'pairwise')
        throw new ConfigError(`expected mode pairwise of recorded verdicts, found ${mode}`, field('mode'))
      const [setting] = Object.keys(settings)
      if (setting !== undefined)
        throw new ConfigError('expected no settings of recorded verdicts, found one', field(`settings.${setting}`))
      return
    }
    default:
      await makeServiceJudge(means, { ...asked, shots: undefined })
  }
}

/** The prompt that a judge names, or that of its mode. @throws {ConfigError} as `loadPrompt` */
export function loadJudgePrompt(
  project: Project,
  { name, prompt, mode, decision }: StudyJudge,
): Promise<JudgingPrompt> {
  return prompt === undefined
    ? loadPrompt(project, defaultPromptName(mode, decision), mode)
    : loadPrompt(project, prompt, mode, `judges.${name}.prompt`)
}
