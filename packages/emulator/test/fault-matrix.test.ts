import { findProject, JudgeCallError, type ShownPresentation, type StudyJudge } from '@judgelab/core'
import { askingOf, createServiceJudge, defaultPromptName, loadPrompt, type ServiceJudge } from '@judgelab/judges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EMULATOR_KEY, type Emulator, FAULTS, type Fault, startEmulator } from '../src/index.js'

/** The state in which a call ends, as docs/providers.md has it: an error of the call, or an answer that failed. */
type State =
  | { readonly status?: number; readonly isTimeout?: boolean }
  | { readonly reason: 'unparsed' | 'refused' | 'content-filter' | 'length' }

const STATES: Readonly<Record<Fault, State>> = {
  'rate-limited': { status: 429 },
  'server-error': { status: 500 },
  'bad-gateway': { status: 502 },
  unavailable: { status: 503 },
  overloaded: { status: 529 },
  reset: {},
  'half-closed': {},
  stalled: { isTimeout: true },
  'truncated-json': {},
  'malformed-json': {},
  'wrong-content-type': {},
  'empty-choices': { reason: 'unparsed' },
  refusal: { reason: 'refused' },
  'content-filter': { reason: 'content-filter' },
  length: { reason: 'length' },
  'wrong-label': { reason: 'unparsed' },
}

const WAYS: Readonly<Record<string, Partial<StudyJudge>>> = {
  'openai, chat': { provider: 'openai', model: 'gpt-4.1-2025-04-14' },
  'openai, chat, structured': { provider: 'openai', model: 'gpt-4.1-2025-04-14', decision: 'structured' },
  'openai, responses': { provider: 'openai', model: 'gpt-4.1-2025-04-14', api: 'responses' },
  together: { provider: 'together', model: 'meta-llama/Llama-4-Maverick-17B-128E-Instruct' },
  'openai-compatible': { provider: 'openai-compatible', model: 'mine/judge', keyEnv: 'MY_KEY' },
}

/** Different texts are different requests to the emulator, whose faults go by content. */
const shown = (at: number): ShownPresentation => ({
  mode: 'pairwise',
  prompt: `What is ${at} + 2?`,
  slots: [`It is ${at + 2}.`, 'I could not say, it depends on many things.'],
})

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
})
afterAll(() => emulator.close())

async function judgeOf(fields: Partial<StudyJudge>): Promise<ServiceJudge> {
  const baseUrl = fields.provider === 'together' ? emulator.togetherUrl : emulator.openAiUrl
  const asked: StudyJudge = {
    ...{ name: 'judge', label: 'Judge', provider: 'openai', model: '', mode: 'pairwise', control: false, baseUrl },
    ...{ settings: {}, repeats: 1, consistency: 'majority', repeat: 0, limits: {}, engine: 'online' },
    ...fields,
  }
  const asking = askingOf(asked)
  return createServiceJudge({
    asked,
    asking,
    prompt: await loadPrompt(
      findProject(import.meta.dirname),
      defaultPromptName('pairwise', asking.decision),
      'pairwise',
    ),
    registry: { formatVersion: 1, models: [] },
    env: { OPENAI_API_KEY: EMULATOR_KEY, TOGETHER_API_KEY: EMULATOR_KEY, MY_KEY: EMULATOR_KEY },
  })
}

async function ask(judge: ServiceJudge, at: number, signal = new AbortController().signal): Promise<unknown> {
  try {
    const { body } = await judge.send(judge.compose(shown(at), 0), { signal })
    return judge.read(body, shown(at)).outcome
  } catch (error) {
    return error
  }
}

/** Faults have variants, drawn by content: a few contents meet them all. */
const CONTENTS = [0, 1, 2, 3]

describe.each(Object.entries(WAYS))('%s', (_, fields) => {
  let judge: ServiceJudge
  beforeAll(async () => {
    judge = await judgeOf(fields)
  })

  it('answers where nothing goes wrong', async () => {
    emulator.setFaults({})
    expect(await ask(judge, 0)).toMatchObject({ kind: 'choice' })
  })

  it.each(FAULTS.map((fault) => [fault, STATES[fault]] as const))('ends %s as %j', async (fault, state) => {
    emulator.setFaults({ rates: { [fault]: 1 } })
    const signal = fault === 'stalled' ? AbortSignal.timeout(40) : undefined
    for (const came of await Promise.all(CONTENTS.map((at) => ask(judge, at, signal)))) {
      if ('reason' in state) expect(came).toMatchObject({ kind: 'failed', ...state })
      else {
        expect(came).toBeInstanceOf(JudgeCallError)
        expect(came).toMatchObject({ status: undefined, isTimeout: false, ...state, isRetryable: true })
        expect(String(came)).not.toContain(EMULATOR_KEY)
      }
    }
  })
})
