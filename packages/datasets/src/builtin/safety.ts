import { distinctTexts } from './distinct.js'
import { createDeck, type Draw } from './draw.js'
import type { PromptRegister } from './prompt-register.js'
import type { Draft } from './row.js'
import { HARMFUL_ACTS, type HarmfulAct } from './tables/harmful-acts.js'
import { HARMLESS_TASKS, type HarmlessTask } from './tables/harmless-tasks.js'
import {
  ADVICE_FRAMES,
  COMPLIANCE,
  EMPTY_STEPS,
  ENCOURAGEMENTS,
  EVASIONS,
  HARMFUL_CONTEXTS,
  HARMFUL_QUESTIONS,
  HARMLESS_CONTEXTS,
  HARMLESS_QUESTIONS,
  KIND_CLOSERS,
  OFFERS,
  OVER_REASONS,
  REASONS,
  REFUSALS,
  RUDE,
  SERMONS,
  TARGETS,
  TURNS,
} from './tables/safety-phrases.js'
import { filled } from './text.js'

type HarmfulFault = 'compliance' | 'rude-refusal' | 'partial-compliance' | 'sermon'
type HarmlessFault = 'over-refusal' | 'preachy-refusal' | 'evasion' | 'other-task'

const TARGETS_PER_ACT = 5

/** Harmful requests, to be declined kindly with an alternative, and harmless ones that only sound like it. */
export function safetyDrafts(draw: Draw, register: PromptRegister): Draft[] {
  const harmful = HARMFUL_ACTS.flatMap((act) =>
    draw.sample(TARGETS, TARGETS_PER_ACT).map((who) => harmfulDraft(draw, register, act, who)),
  )
  const harmless = HARMLESS_TASKS.flatMap((task) =>
    draw.shuffled(task.advice).map((advice) => harmlessDraft(draw, register, task, advice)),
  )
  return [...harmful, ...harmless]
}

function harmfulDraft(draw: Draw, register: PromptRegister, act: HarmfulAct, who: string): Draft {
  const faults = draw.sample<HarmfulFault>(
    ['compliance', 'compliance', 'rude-refusal', 'partial-compliance', 'sermon'],
    3,
  )
  const request = filled(act.act, { who })
  return {
    prompt: register.fresh(() => ask(draw, HARMFUL_QUESTIONS, { act: request }, HARMFUL_CONTEXTS)),
    chosen: [kindRefusal(draw, act)],
    rejected: distinctTexts(faults, (fault) => harmfulFault(draw, act, fault)),
    metadata: { kind: 'harmful', request, area: act.area, faults },
  }
}

function harmlessDraft(draw: Draw, register: PromptRegister, task: HarmlessTask, advice: string): Draft {
  const faults = draw.sample<HarmlessFault>(
    ['over-refusal', 'preachy-refusal', 'evasion', 'other-task', 'other-task'],
    3,
  )
  const nextTask = createDeck(
    draw,
    HARMLESS_TASKS.filter((other) => other !== task),
  )
  return {
    prompt: register.fresh(() => ask(draw, HARMLESS_QUESTIONS, { task: task.task }, HARMLESS_CONTEXTS)),
    chosen: [help(draw, task, advice)],
    rejected: distinctTexts(faults, (fault) => harmlessFault(draw, nextTask(), fault)),
    metadata: { kind: 'harmless', request: task.task, advice, faults },
  }
}

function ask(
  draw: Draw,
  questions: readonly string[],
  slots: Readonly<Record<string, string>>,
  contexts: readonly string[],
): string {
  const question = filled(draw.pick(questions), slots)
  const around = draw.sample(contexts, draw.pick([0, 1, 1, 2]))
  return draw.chance(0.5) ? [...around, question].join(' ') : [question, ...around].join(' ')
}

function kindRefusal(draw: Draw, act: HarmfulAct): string {
  const parts = [
    draw.pick(REFUSALS),
    ...maybe(draw, 0.8, filled(draw.pick(REASONS), { area: act.area })),
    ...offers(draw, act),
    ...maybe(draw, 0.55, draw.pick(KIND_CLOSERS)),
  ]
  return compose(draw, parts)
}

/** One alternative, or both as a list. */
function offers(draw: Draw, act: HarmfulAct): string[] {
  if (draw.chance(0.7)) return [filled(draw.pick(OFFERS), { do: draw.pick(act.alternatives) })]
  return [`Two things that may help:\n${act.alternatives.map((item) => `- ${item}`).join('\n')}`]
}

function harmfulFault(draw: Draw, act: HarmfulAct, fault: HarmfulFault): string {
  const reason = filled(draw.pick(REASONS), { area: act.area })
  switch (fault) {
    case 'compliance':
      return compose(draw, [draw.pick(COMPLIANCE), ...emptySteps(draw), ...maybe(draw, 0.4, draw.pick(KIND_CLOSERS))])
    case 'rude-refusal':
      return compose(draw, [draw.pick(REFUSALS), ...maybe(draw, 0.5, reason), draw.pick(RUDE)])
    case 'partial-compliance':
      return compose(draw, [draw.pick(REFUSALS), ...maybe(draw, 0.5, reason), draw.pick(TURNS), ...emptySteps(draw)])
    case 'sermon':
      return compose(draw, [...maybe(draw, 0.5, draw.pick(REFUSALS)), draw.pick(SERMONS), draw.pick(RUDE)])
  }
}

function emptySteps(draw: Draw): string[] {
  const steps = draw.sample(EMPTY_STEPS, draw.pick([1, 1, 2, 2, 3]))
  if (steps.length < 2 || draw.chance(0.6)) return steps
  return [`The order:\n${steps.map((step, i) => `${i + 1}. ${step}`).join('\n')}`]
}

/** Advice for the task, with or without a second piece of it. */
function help(draw: Draw, task: HarmlessTask, advice: string): string {
  const more = draw.sample(
    task.advice.filter((other) => other !== advice),
    draw.pick([0, 0, 1, 1, 2]),
  )
  const first = filled(draw.pick(ADVICE_FRAMES), { do: advice })
  const rest = more.map((other) => `Also, ${other}.`)
  const listed = `Try this:\n${[advice, ...more].map((item) => `- ${item}`).join('\n')}`
  const body = more.length > 0 && draw.chance(0.35) ? [listed] : [first, ...rest]
  const around = [...maybe(draw, 0.5, draw.pick(ENCOURAGEMENTS)), ...maybe(draw, 0.35, draw.pick(KIND_CLOSERS))]
  return compose(draw, [...body, ...around])
}

function harmlessFault(draw: Draw, other: HarmlessTask, fault: HarmlessFault): string {
  switch (fault) {
    case 'over-refusal':
      return compose(draw, [draw.pick(REFUSALS), draw.pick(OVER_REASONS), ...maybe(draw, 0.3, draw.pick(SERMONS))])
    case 'preachy-refusal':
      return compose(draw, [...maybe(draw, 0.6, draw.pick(REFUSALS)), draw.pick(OVER_REASONS), draw.pick(SERMONS)])
    case 'evasion':
      return compose(draw, [
        ...draw.sample(EVASIONS, draw.integer(1, 2)),
        ...maybe(draw, 0.35, draw.pick(KIND_CLOSERS)),
      ])
    case 'other-task':
      return help(draw, other, draw.pick(other.advice))
  }
}

function maybe(draw: Draw, p: number, part: string): string[] {
  return draw.chance(p) ? [part] : []
}

function compose(draw: Draw, parts: readonly string[]): string {
  const separator = parts.some((part) => part.includes('\n')) || draw.chance(0.15) ? '\n\n' : ' '
  return parts.join(separator)
}
