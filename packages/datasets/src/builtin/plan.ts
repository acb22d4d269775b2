import type { Draw } from './draw.js'
import { COMMA_LEADS, type WritingTask } from './tables/writing-tasks.js'
import { capitalised } from './text.js'

/** Everything that decides how a short text comes out, except for which sentences the draw picks. */
export interface Plan {
  readonly layout: 'prose' | 'bullets' | 'numbers' | 'paragraphs'
  /** Sentences in all, with `first` and `last`; in a list, items in all. */
  readonly pieces: number
  readonly paragraphs: number
  /** Sentences that get a comma, as far as there are sentences. */
  readonly commas: number
  readonly letters: 'usual' | 'lower' | 'upper' | 'lower-but-first' | 'upper-but-last'
  readonly quotes: 'none' | 'both' | 'open' | 'close'
  readonly first: string | undefined
  readonly last: string | undefined
  readonly heading: string | undefined
  readonly after: string | undefined
  readonly mustHold: string | undefined
  readonly mustLack: string | undefined
}

/** A plan that no demand has touched yet. */
export function drawPlan(draw: Draw): Plan {
  return {
    layout: draw.pick(['prose', 'prose', 'prose', 'bullets', 'numbers', 'paragraphs']),
    pieces: draw.integer(3, 6),
    paragraphs: draw.integer(2, 3),
    commas: draw.pick([0, 0, 1, 2, 3]),
    letters: 'usual',
    quotes: 'none',
    first: undefined,
    last: undefined,
    heading: undefined,
    after: undefined,
    mustHold: undefined,
    mustLack: undefined,
  }
}

/** Writes the text that the plan describes, with sentences drawn from the task. */
export function writePlan(draw: Draw, plan: Plan, task: WritingTask): string {
  const demanded = (plan.first === undefined ? 0 : 1) + (plan.last === undefined ? 0 : 1)
  const own = withCommas(draw, pickSentences(draw, plan, task, Math.max(0, plan.pieces - demanded)), plan.commas)
  const pieces = [...(plan.first ? [plan.first] : []), ...own, ...(plan.last ? [plan.last] : [])]
  const lines = [...(plan.heading ? [plan.heading] : []), layOut(plan, pieces), ...(plan.after ? [plan.after] : [])]
  return quote(plan, letterCase(plan, lines.join('\n')))
}

/** Sentences of the task in the task's order. */
function pickSentences(draw: Draw, plan: Plan, task: WritingTask, count: number): string[] {
  const has = (sentence: string, word: string): boolean =>
    sentence
      .toLowerCase()
      .match(/[a-z]+/g)!
      .includes(word)
  const free = task.sentences.filter((sentence) => plan.mustLack === undefined || !has(sentence, plan.mustLack))
  const held = free.filter((sentence) => plan.mustHold !== undefined && has(sentence, plan.mustHold))
  const rest = free.filter((sentence) => !held.includes(sentence))
  const wanted = Math.max(0, Math.min(count - held.length, rest.length))
  const picked = new Set([...held, ...draw.sample(rest, wanted)])
  return task.sentences.filter((sentence) => picked.has(sentence))
}

/** Puts words with a comma before `commas` of the sentences, as far as there are sentences. */
function withCommas(draw: Draw, sentences: readonly string[], commas: number): string[] {
  const leads = draw.sample(COMMA_LEADS, Math.min(commas, sentences.length))
  const led = new Map(draw.sample(sentences, leads.length).map((sentence, i) => [sentence, leads[i]!]))
  return sentences.map((sentence) => {
    const lead = led.get(sentence)
    if (lead === undefined) return sentence
    const body = sentence.startsWith('I ') ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1)
    return `${capitalised(lead)}, ${body}`
  })
}

function layOut(plan: Plan, pieces: readonly string[]): string {
  switch (plan.layout) {
    case 'prose':
      return pieces.join(' ')
    case 'bullets':
      return pieces.map((piece) => `- ${piece}`).join('\n')
    case 'numbers':
      return pieces.map((piece, i) => `${i + 1}. ${piece}`).join('\n')
    case 'paragraphs':
      return paragraphsOf(pieces, plan.paragraphs).join('\n\n')
  }
}

/** The pieces in `count` groups of nearly equal size, in order. */
function paragraphsOf(pieces: readonly string[], count: number): string[] {
  const bounds = Array.from({ length: count + 1 }, (_, i) => Math.round((i * pieces.length) / count))
  return bounds
    .slice(1)
    .map((end, i) => pieces.slice(bounds[i]!, end).join(' '))
    .filter((paragraph) => paragraph !== '')
}

function letterCase(plan: Plan, text: string): string {
  switch (plan.letters) {
    case 'usual':
      return text
    case 'lower':
      return text.toLowerCase()
    case 'upper':
      return text.toUpperCase()
    case 'lower-but-first':
      return text.toLowerCase().replace(/[a-z]/, (letter) => letter.toUpperCase())
    case 'upper-but-last':
      return text.toUpperCase().replace(/[A-Z]+(?=[^A-Z]*$)/, (word) => word.toLowerCase())
  }
}

function quote(plan: Plan, text: string): string {
  const open = plan.quotes === 'both' || plan.quotes === 'open' ? '"' : ''
  const close = plan.quotes === 'both' || plan.quotes === 'close' ? '"' : ''
  return `${open}${text}${close}`
}
