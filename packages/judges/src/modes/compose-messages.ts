import { type Asking, type Message, type Outcome, promptText, type ShownPresentation } from '@judgelab/core'
import { nonceOf } from '../prompts/delimit.js'
import { type JudgingPrompt, shownSlots } from '../prompts/load-prompt.js'
import type { Filling } from '../prompts/placeholder.js'
import { renderParts } from '../prompts/template.js'
import { answerText } from './answer-text.js'
import { checkPrompt } from './check-prompt.js'
import { outputLine } from './output-line.js'
import type { Question } from './question.js'

/** A solved example that is shown before the question. */
export interface Shot {
  readonly shown: ShownPresentation
  readonly outcome: Outcome
}

/**
 * What a judge is sent: the prompt filled in, after solved examples as earlier turns in the same form. The same arguments
 * give the same messages on every machine. For many calls of one judge, `messageComposer` does once what can be done once.
 *
 * @throws as `messageComposer` and the function that it returns
 */
export function composeMessages(
  prompt: JudgingPrompt,
  shown: ShownPresentation,
  asking: Asking,
  shots: readonly Shot[] = [],
): Message[] {
  return messageComposer(prompt, asking, shots)(shown)
}

/**
 * A function from what is shown to what is sent, for one judge.
 *
 * @throws {ConfigError} if the prompt cannot ask what is to be asked
 * @throws {RangeError} if a shot is of another mode or failed
 */
export function messageComposer(
  prompt: JudgingPrompt,
  asking: Asking,
  shots: readonly Shot[] = [],
): (shown: ShownPresentation) => Message[] {
  checkPrompt(prompt, asking)
  const most = shownSlots(prompt.template)
  const outputs = new Map<number, string>()
  const outputFor = (question: Question): string => {
    const known = outputs.get(question.slotCount) ?? outputLine(question)
    outputs.set(question.slotCount, known)
    return known
  }
  const compose = (shown: ShownPresentation): Message[] => {
    if (shown.mode !== prompt.mode)
      throw new RangeError(`composeMessages needs mode ${prompt.mode}, which is the prompt's, got ${shown.mode}`)
    if (shown.slots.length > most)
      throw new RangeError(
        `composeMessages needs at most the ${most} responses that ${prompt.file} shows, got ${shown.slots.length}`,
      )
    const question = questionOf(shown, asking)
    const filling = { ...textsOf(shown, asking), question, output: outputFor(question) }
    return prompt.template.turns.map(({ role, parts }) => ({ role, content: renderParts(parts, filling) }))
  }
  const solved = shots.flatMap(({ shown, outcome }): Message[] => [
    ...compose(shown).filter(({ role }) => role === 'user'),
    { role: 'assistant', content: answerText(outcome, questionOf(shown, asking), prompt) },
  ])
  return (shown) => {
    const messages = compose(shown)
    if (solved.length === 0) return messages
    const systems = messages.filter(({ role }) => role === 'system')
    return [...systems, ...solved, ...messages.slice(systems.length)]
  }
}

function questionOf(shown: ShownPresentation, asking: Asking): Question {
  return { mode: shown.mode, asking, slotCount: shown.slots.length }
}

function textsOf(shown: ShownPresentation, asking: Asking): Omit<Filling, 'question' | 'output'> {
  const prompt = asking.blind ? undefined : promptText(shown.prompt).toWellFormed()
  const responses = shown.slots.map((text) => text.toWellFormed())
  const reference = asking.reference === undefined ? undefined : referenceOf(shown).toWellFormed()
  const found = criteriaFor(shown.subset, asking)
  const criteria = found === undefined ? undefined : found.toWellFormed()
  const texts = [prompt, ...responses, reference, criteria].filter((text) => text !== undefined)
  return { prompt, responses, reference, criteria, nonce: nonceOf(texts) }
}

function referenceOf({ reference }: ShownPresentation): string {
  if (reference === undefined) throw new RangeError('composeMessages needs the reference that is asked for, got none')
  return reference
}

/** The criteria of a subset, or those of all that are not named. A subset may be called like what every object has. */
function criteriaFor(subset: string | undefined, { criteria }: Asking): string | undefined {
  if (criteria === undefined) return undefined
  return subset !== undefined && Object.hasOwn(criteria, subset) ? criteria[subset] : criteria['*']
}
