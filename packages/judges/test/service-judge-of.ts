import { findProject, type ModelRegistry, type ShownPresentation, type StudyJudge } from '@judgelab/core'
import {
  askingOf,
  createServiceJudge,
  defaultPromptName,
  loadPrompt,
  type ServiceJudge,
  type Shot,
} from '../src/index.js'

export const KEY = 'sk-test-0123456789abcdef'

export const SHOWN: ShownPresentation = {
  mode: 'pairwise',
  subset: 'Math',
  prompt: 'What is 2 + 2?',
  slots: ['Four.', 'Five, surely.'],
}

export const NO_MODELS: ModelRegistry = { formatVersion: 1, models: [] }

/** A judge of a study, as its file would be read. */
export function studyJudge(fields: Partial<StudyJudge>): StudyJudge {
  return {
    name: 'judge',
    label: 'Judge',
    provider: 'openai',
    model: 'gpt-4.1',
    mode: 'pairwise',
    control: false,
    settings: {},
    repeats: 1,
    consistency: 'majority',
    repeat: 0,
    limits: {},
    engine: 'online',
    decision: 'label',
    ...fields,
  }
}

/** A judge behind a service, with the mode's own prompt. */
export async function serviceJudgeOf(
  fields: Partial<StudyJudge>,
  {
    registry = NO_MODELS,
    env = { OPENAI_API_KEY: KEY, TOGETHER_API_KEY: KEY } as NodeJS.ProcessEnv,
    shots = [] as readonly Shot[],
  } = {},
): Promise<ServiceJudge> {
  const asked = studyJudge(fields)
  const asking = askingOf(asked)
  const name = defaultPromptName(asked.mode, asking.decision)
  const prompt = await loadPrompt(findProject(import.meta.dirname), name, asked.mode)
  return createServiceJudge({ asked, prompt, asking, registry, env, shots })
}
