import { readFileSync } from 'node:fs'
import { findProject, JudgeCallError, type ShownPresentation, type StudyJudge } from '@judgelab/core'
import { askingOf, createServiceJudge, defaultPromptName, loadPrompt, type ServiceJudge } from '@judgelab/judges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EMULATOR_KEY, type Emulator, FAULTS, startEmulator } from '../src/index.js'

const ROW = /^\| `([a-z-]+)` \| ((?:error|failed)[^|]*?) \| (no|yes)[^|]* \|$/gm

/** The state in which a call ends: an error of the call, or an answer that failed. */
type State = { readonly status?: number; readonly isTimeout?: boolean } | { readonly reason: string }

/** The states as the table of docs/providers.md has them. */
const STATES: Readonly<Record<string, State>> = Object.fromEntries(
  [...readFileSync(new URL('../../../docs/providers.md', import.meta.url), 'utf8').matchAll(ROW)].map(
    ([, fault, end = '', again]) => [fault, stateOf(end, again === 'no')],
  ),
)

function stateOf(end: string, isFinal: boolean): State {
  const reason = /^failed: (.+)$/.exec(end)?.[1]
  expect(reason !== undefined).toBe(isFinal)
  if (reason !== undefined) return { reason }
  const status = /status (\d+)$/.exec(end)?.[1]
  return { ...(status === undefined ? {} : { status: Number(status) }), isTimeout: end.endsWith('timeout') }
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

it('stands in the documentation, fault by fault', () => {
  expect(Object.keys(STATES)).toEqual([...FAULTS])
})

describe.each(Object.entries(WAYS))('%s', (_, fields) => {
  let judge: ServiceJudge
  beforeAll(async () => {
    judge = await judgeOf(fields)
  })

  it('answers where nothing goes wrong', async () => {
    emulator.setFaults({})
    expect(await ask(judge, 0)).toMatchObject({ kind: 'choice' })
  })

  it.each(FAULTS.map((fault) => [fault, STATES[fault] as State] as const))('ends %s as %j', async (fault, state) => {
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
