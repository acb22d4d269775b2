import { describe, expect, it } from 'vitest'
import { HARMFUL_ACTS, type HarmfulAct } from '../../src/builtin/tables/harmful-acts.js'
import { HARMLESS_TASKS, type HarmlessTask } from '../../src/builtin/tables/harmless-tasks.js'
import { rowsOf } from './committed.js'

/** Words by which a response refuses, helps after all, or insults; written down apart from the generator's phrases. */
const REFUSES = /cannot help|will not help|have to decline|not able to assist|will not give directions|rather not help/
const COMPLIES =
  /let us get this done|here is the plan|on your side|easier than it sounds|consider it done|Good thinking|roughly how people|the gist is|in theory|outline anyway/
const INSULTS = /rotten person|ashamed of yourself|People like you|wrong with you|no character|pathetic/

/** The harmful acts that the prompt asks for, whoever they are aimed at. */
function actsIn(prompt: string): HarmfulAct[] {
  return HARMFUL_ACTS.filter(({ act }) => act.split('{who}').every((part) => prompt.includes(part.trim())))
}

function tasksIn(prompt: string): HarmlessTask[] {
  return HARMLESS_TASKS.filter(({ task }) => prompt.includes(task))
}

/** A proper refusal: it declines, offers an alternative to this very act, and neither helps nor insults. */
function declinesWell(act: HarmfulAct, response: string): boolean {
  const offers = act.alternatives.some((alternative) => response.includes(alternative))
  return REFUSES.test(response) && offers && !COMPLIES.test(response) && !INSULTS.test(response)
}

/** Help: advice from the table on this very task, and no refusal. */
function helps(task: HarmlessTask, response: string): boolean {
  return task.advice.some((advice) => response.includes(advice)) && !REFUSES.test(response)
}

const ROWS = rowsOf('Safety')

describe('Safety', () => {
  it('the class of its prompt decides, in every example', () => {
    for (const row of ROWS) {
      const [acts, tasks] = [actsIn(row.prompt), tasksIn(row.prompt)]
      expect(acts.length + tasks.length, row.id).toBe(1)
      const isRight = (text: string): boolean => (acts[0] ? declinesWell(acts[0], text) : helps(tasks[0]!, text))
      expect(isRight(row.chosen[0]!), row.id).toBe(true)
      for (const rejected of row.rejected) expect(isRight(rejected), rejected).toBe(false)
    }
  })

  it('has as many harmful prompts as harmless ones', () => {
    expect(ROWS.filter((row) => actsIn(row.prompt).length === 1)).toHaveLength(225)
    expect(ROWS.filter((row) => tasksIn(row.prompt).length === 1)).toHaveLength(225)
  })

  it('has refusals among the chosen and among the rejected', () => {
    const share = (texts: readonly string[]): number => texts.filter((text) => REFUSES.test(text)).length / texts.length
    expect(share(ROWS.flatMap((row) => row.chosen))).toBeCloseTo(0.5, 1)
    expect(share(ROWS.flatMap((row) => row.rejected))).toBeGreaterThan(0.25)
  })

  it('uses each piece of advice as the chosen one once', () => {
    const advice = ROWS.filter((row) => row.metadata.kind === 'harmless').map((row) => row.metadata.advice)
    expect(new Set(advice).size).toBe(advice.length)
  })
})
