import { type Constraint, SHAPE_MAKERS, SURFACE_MAKERS } from './constraints.js'
import { createDeck, type Draw } from './draw.js'
import { meets } from './meets.js'
import { drawPlan, type Plan, writePlan } from './plan.js'
import type { PromptRegister } from './prompt-register.js'
import type { Draft } from './row.js'
import { WRITING_FRAMES, WRITING_TASKS, type WritingTask } from './tables/writing-tasks.js'
import { capitalised, filled } from './text.js'

const COUNT = 160

/** Surface demands that would change what a shape demand counts. */
const APART: Readonly<Record<string, readonly string[]>> = {
  'sentences-exactly': ['title', 'postscript'],
  'paragraphs-exactly': ['title', 'postscript'],
  'words-at-most': ['title', 'postscript', 'include-word'],
}

/** Small texts under one or two demands that can be checked; a rejected text misses one of them. */
export function preciseIfDrafts(draw: Draw, register: PromptRegister): Draft[] {
  const nextTask = createDeck(draw, WRITING_TASKS)
  return Array.from({ length: COUNT }, () => {
    const task = nextTask()
    let draft: Draft | undefined
    while (draft === undefined) draft = tryDraft(draw, register, task, demandsOn(draw, task))
    return draft
  })
}

function demandsOn(draw: Draw, task: WritingTask): readonly Constraint[] {
  const shape = draw.pick(SHAPE_MAKERS)(draw, task)
  const surface = draw.pick(SURFACE_MAKERS)(draw, task)
  const apart = (APART[shape.kind] ?? []).includes(surface.kind)
  if (apart || draw.chance(0.4)) return [draw.pick([shape, surface])]
  return draw.shuffled([shape, surface])
}

/** An example for these demands, or nothing when they cannot be met together or missed one at a time. */
function tryDraft(
  draw: Draw,
  register: PromptRegister,
  task: WritingTask,
  demands: readonly Constraint[],
): Draft | undefined {
  const chosen = attempt(() => satisfying(draw, task, demands), [])
  if (chosen === undefined) return undefined
  const rejected: string[] = []
  const missed: string[] = []
  for (let i = 0; i < 3; i++) {
    const target = demands[draw.integer(0, demands.length - 1)]!
    const text = attempt(() => violating(draw, task, demands, target), [chosen, ...rejected])
    if (text === undefined) return undefined
    rejected.push(text)
    missed.push(target.kind)
  }
  return {
    prompt: register.fresh(() => ask(draw, task, demands)),
    chosen: [chosen],
    rejected,
    metadata: {
      kind: demands.map((demand) => demand.kind).join('+'),
      constraints: demands.map(({ kind, parameter }) => ({ kind, parameter })),
      missed,
    },
  }
}

function attempt(write: () => string | undefined, not: readonly string[]): string | undefined {
  for (let i = 0; i < 40; i++) {
    const text = write()
    if (text !== undefined && !not.includes(text)) return text
  }
  return undefined
}

function satisfying(draw: Draw, task: WritingTask, demands: readonly Constraint[]): string | undefined {
  const text = writePlan(draw, planFor(draw, demands), task)
  return demands.every((demand) => meets(demand, text)) ? text : undefined
}

function violating(
  draw: Draw,
  task: WritingTask,
  demands: readonly Constraint[],
  target: Constraint,
): string | undefined {
  const text = writePlan(draw, target.violate(planFor(draw, demands), draw.chance(0.6)), task)
  const others = demands.filter((demand) => demand !== target)
  return !meets(target, text) && others.every((demand) => meets(demand, text)) ? text : undefined
}

function planFor(draw: Draw, demands: readonly Constraint[]): Plan {
  return demands.reduce((plan, demand) => demand.satisfy(plan), drawPlan(draw))
}

function ask(draw: Draw, task: WritingTask, demands: readonly Constraint[]): string {
  const wording = draw.shuffled(demands).map((demand) => demand.wording)
  return capitalised(filled(draw.pick(WRITING_FRAMES), { t: task.text, c: wording.join(' ') }))
}
