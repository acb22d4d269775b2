import { distinctTexts } from './distinct.js'
import type { Draw } from './draw.js'
import type { PromptRegister } from './prompt-register.js'
import type { Draft } from './row.js'
import {
  ASPECTS,
  type Aspect,
  DISTRACTIONS,
  DRIFTS,
  ECHOES,
  FOCUS_CLOSINGS,
  FOCUS_OPENINGS,
  RAMBLINGS,
} from './tables/aspects.js'
import { PASTIMES, type Pastime } from './tables/pastimes.js'
import { capitalised, filled } from './text.js'
import { speak } from './voice.js'

type Fault = 'other-topic' | 'other-aspect' | 'drifts-off' | 'rambles'

/** One question: a pastime, what is asked about it, and another pastime that the prompt may mention. */
interface Question {
  readonly pastime: Pastime
  readonly aspect: Aspect
  readonly beside: Pastime
}

const FAULTS: readonly Fault[] = ['other-topic', 'other-topic', 'other-aspect', 'other-aspect', 'drifts-off', 'rambles']

/** Every pastime with every aspect once, of which 495 are kept; rejected responses answer something else. */
export function focusDrafts(draw: Draw, register: PromptRegister): Draft[] {
  return PASTIMES.flatMap((pastime) => ASPECTS.map((aspect) => ({ pastime, aspect })))
    .slice(0, 495)
    .map(({ pastime, aspect }) => draftOf(draw, register, { pastime, aspect, beside: neighbourOf(draw, pastime) }))
}

function neighbourOf(draw: Draw, pastime: Pastime): Pastime {
  const group = PASTIMES.filter((other) => other.group === pastime.group)
  return anotherOf(draw, draw.chance(0.6) ? group : PASTIMES, pastime)
}

function anotherOf<T>(draw: Draw, items: readonly T[], item: T): T {
  return draw.pick(items.filter((other) => other !== item))
}

function draftOf(draw: Draw, register: PromptRegister, question: Question): Draft {
  const faults = draw.sample(FAULTS, 3)
  return {
    prompt: register.fresh(() => ask(draw, question)),
    chosen: [answer(draw, question.pastime, question.aspect)],
    rejected: distinctTexts(faults, (fault) => faulty(draw, question, fault)),
    metadata: {
      kind: question.aspect.key,
      topic: question.pastime.topic,
      aspect: question.aspect.key,
      phrase: question.pastime[question.aspect.key],
      faults,
    },
  }
}

function ask(draw: Draw, { pastime, aspect, beside }: Question): string {
  const before = [
    ...(draw.chance(0.45) ? [draw.pick(FOCUS_OPENINGS)] : []),
    ...(draw.chance(0.55) ? [filled(draw.pick(DISTRACTIONS), { o: beside.topic })] : []),
  ]
  const question = filled(draw.pick(aspect.questions), { t: pastime.topic })
  const closing = draw.chance(0.45) ? [draw.pick(FOCUS_CLOSINGS)] : []
  const turned = before.length > 0 && draw.chance(0.3) ? [question, ...before] : [...before, question]
  return [...turned, ...closing].join(' ')
}

/** Speaks about one aspect of one pastime, in most cases naming it. */
function answer(draw: Draw, pastime: Pastime, aspect: Aspect): string {
  const claim = filled(draw.pick(aspect.answers), { v: pastime[aspect.key] })
  return speak(draw, { claim: draw.chance(0.65) ? `${echo(draw, pastime)} ${claim}` : claim, support: aspect.support })
}

function echo(draw: Draw, pastime: Pastime): string {
  return filled(draw.pick(ECHOES), { t: pastime.topic, T: capitalised(pastime.topic) })
}

function faulty(draw: Draw, { pastime, aspect, beside }: Question, fault: Fault): string {
  switch (fault) {
    case 'other-topic':
      return answer(draw, draw.chance(0.6) ? beside : anotherOf(draw, PASTIMES, pastime), aspect)
    case 'other-aspect':
      return answer(draw, pastime, clearlyOtherAspect(draw, aspect))
    case 'drifts-off':
      return driftingOff(draw, pastime, aspect, beside)
    case 'rambles':
      return rambling(draw, pastime, aspect)
  }
}

/** An aspect that no one could take for an answer to a question about `aspect`. */
function clearlyOtherAspect(draw: Draw, aspect: Aspect): Aspect {
  return draw.pick(ASPECTS.filter((other) => other !== aspect && !aspect.near.includes(other.key)))
}

/** Takes up the question, leaves it unanswered and turns to another pastime. */
function driftingOff(draw: Draw, pastime: Pastime, aspect: Aspect, beside: Pastime): string {
  const other = anotherOf(draw, ASPECTS, aspect)
  const instead = filled(draw.pick(other.answers), { v: beside[other.key] })
  const claim = [echo(draw, pastime), draw.pick(DRIFTS), echo(draw, beside), instead].join(' ')
  return speak(draw, { claim, support: other.support })
}

/** Repeats the question and talks on without answering anything. */
function rambling(draw: Draw, pastime: Pastime, aspect: Aspect): string {
  const question = filled(draw.pick(aspect.questions), { t: pastime.topic })
  const lead = draw.chance(0.5) ? `"${question}" you ask.` : echo(draw, pastime)
  const [first, ...rest] = draw.sample(RAMBLINGS, 4)
  return speak(draw, { claim: `${lead} ${first}`, support: rest })
}
