import type { Example, Where } from '@judgelab/core'
import {
  CARRIAGE_RETURN,
  CONTROL,
  createTextInspector,
  isWellFormed,
  LINE_SEPARATOR,
  LONE_SURROGATE,
  mixed,
  NUL,
  wellFormedValue,
} from './inspect-text.js'
import { createKeyTable } from './key-table.js'
import type { NoteKind, Ownership } from './problem.js'
import type { ProblemLog } from './problem-log.js'

/** From how many characters a response is worth a note. */
export const LONG_RESPONSE = 100_000

/** Kinds that make an example of a researcher's own data unusable, and are noted in what somebody published. */
type ContentKind = Extract<
  NoteKind,
  'empty-prompt' | 'empty-chosen' | 'identical-responses' | 'duplicate' | 'swapped-duplicate' | 'contradictory-label'
>

interface Finding {
  readonly kind: ContentKind
  readonly field: string
  readonly message: string
}

/**
 * Looks at each example once, in order, for what the format allows and a judge or a statistic may stumble over; tells
 * the log, and gives the example back, normalised where it has to be, or undefined where it is left out.
 */
export type ExampleInspector = (example: Example, where: Where, row: number) => Example | undefined

export function createExampleInspector(log: ProblemLog, ownership: Ownership): ExampleInspector {
  const ids = createKeyTable()
  const contents = createKeyTable()
  const labels = createKeyTable()
  const text = createTextInspector()
  const rowName = (row: number): string => `as in row ${row + 1}`

  return (read, where, row) => {
    const isOddlyNamed = !isWellFormed([read.id, read.subset, read.responses.map(({ model }) => model), read.metadata])
    const example = isOddlyNamed ? wellFormedExample(read) : read
    text.inspect(example.id)
    const before = ids.see(text.high, text.low, row)
    if (before >= 0) {
      log.skip({
        kind: 'id-collision',
        where,
        field: 'id',
        message: `expected an id that occurs once, found ${JSON.stringify(example.id)} ${rowName(before)}`,
      })
      return undefined
    }

    const { prompt, responses } = example
    let flags = 0
    let promptHigh = 0
    let promptLow = 0
    let isBlankPrompt = true
    let isFormula = false
    const addPrompt = (part: string): void => {
      text.inspect(part)
      flags |= text.flags
      promptHigh = mixed(promptHigh, text.high)
      promptLow = mixed(promptLow, text.low)
      isBlankPrompt &&= isBlank(part)
      isFormula ||= part.charCodeAt(0) === EQUALS
    }
    if (typeof prompt === 'string') addPrompt(prompt)
    else
      for (const { role, content } of prompt) {
        promptHigh = mixed(promptHigh, role.charCodeAt(0))
        addPrompt(content)
      }

    const highs: number[] = []
    const lows: number[] = []
    let isLong = false
    for (const response of responses) {
      text.inspect(response.text)
      flags |= text.flags
      highs.push(text.high)
      lows.push(text.low)
      isLong ||= response.text.length >= LONG_RESPONSE
      isFormula ||= response.text.charCodeAt(0) === EQUALS
    }

    const finding =
      emptiness(example, isBlankPrompt) ??
      sameness(example, highs, lows) ??
      repetition({ example, row, promptHigh, promptLow, highs, lows })
    if (finding !== undefined) {
      if (ownership === 'own') {
        log.skip({ ...finding, where })
        return undefined
      }
      log.note(finding.kind)
    }
    if (isFormula) log.note('formula-like')
    if (isLong) log.note('long-response')
    noteRejected(example, highs, lows)
    if (isOddlyNamed || flags & LONE_SURROGATE) log.note('lone-surrogate')
    if (flags === 0) return example
    if (flags & NUL) log.note('nul-character')
    if (flags & CONTROL) log.note('control-characters')
    if (flags & CARRIAGE_RETURN) log.note('carriage-return')
    if (flags & LINE_SEPARATOR) log.note('line-separator')
    return flags & LONE_SURROGATE ? wellFormedExample(example) : example
  }

  /** Seen before: the same preference, or its opposite. */
  function repetition(seen: {
    readonly example: Example
    readonly row: number
    readonly promptHigh: number
    readonly promptLow: number
    readonly highs: readonly number[]
    readonly lows: readonly number[]
  }): Finding | undefined {
    const { example, row, promptHigh, promptLow, highs, lows } = seen
    const { chosen } = example
    const side = chosen[0] === 0 ? 0 : 1
    const before = contents.see(
      contentKey(highs, chosen, promptHigh),
      contentKey(lows, chosen, promptLow),
      row * 2 + side,
    )
    if (before >= 0) {
      const isSwapped = highs.length === 2 && before % 2 !== side
      return {
        kind: isSwapped ? 'swapped-duplicate' : 'duplicate',
        field: 'responses',
        message: `expected a comparison that occurs once, found the same prompt, responses and label ${isSwapped ? 'with the sides swapped ' : ''}${rowName(before >>> 1)}`,
      }
    }
    let opposite = -1
    for (const right of chosen)
      for (let wrong = 0; wrong < highs.length; wrong++) {
        if (chosen.includes(wrong)) continue
        if (opposite < 0)
          opposite = labels.find(pairKey(highs, wrong, right, promptHigh), pairKey(lows, wrong, right, promptLow))
        labels.see(pairKey(highs, right, wrong, promptHigh), pairKey(lows, right, wrong, promptLow), row)
      }
    if (opposite < 0) return undefined
    return {
      kind: 'contradictory-label',
      field: 'chosen',
      message: `expected one label for one comparison, found the opposite one ${rowName(opposite)}`,
    }
  }

  function noteRejected(example: Example, highs: readonly number[], lows: readonly number[]): void {
    const { responses } = example
    let isEmpty = false
    let isRepeated = false
    for (let at = 0; at < responses.length; at++) {
      if (example.chosen.includes(at)) continue
      isEmpty ||= isBlank((responses[at] as Example['responses'][number]).text)
      for (let other = 0; other < at; other++)
        isRepeated ||= highs[at] === highs[other] && lows[at] === lows[other] && !example.chosen.includes(other)
    }
    if (isEmpty) log.note('empty-rejected')
    if (isRepeated) log.note('repeated-response')
  }
}

const EQUALS = 0x3d

/** One lane of the key of a prompt with its chosen and its rejected responses, in whatever order they stand. */
function contentKey(lane: readonly number[], chosen: readonly number[], prompt: number): number {
  if (lane.length === 2 && chosen.length === 1) {
    const right = chosen[0] as number
    return pairKey(lane, right, 1 - right, prompt)
  }
  const sorted = (isChosen: boolean): number[] =>
    lane.filter((_, at) => chosen.includes(at) === isChosen).sort((a, b) => a - b)
  return sorted(false).reduce(mixed, mixed(sorted(true).reduce(mixed, prompt), 0x9e3779b1))
}

/** One lane of the key of a prompt with one response preferred to another. */
function pairKey(lane: readonly number[], right: number, wrong: number, prompt: number): number {
  return mixed(mixed(prompt, lane[right] as number), lane[wrong] as number)
}

function isBlank(text: string): boolean {
  return text.length === 0 || ((text.charCodeAt(0) <= 0x20 || text.charCodeAt(0) > 0x7f) && text.trim() === '')
}

function emptiness(example: Example, isBlankPrompt: boolean): Finding | undefined {
  if (isBlankPrompt)
    return { kind: 'empty-prompt', field: 'prompt', message: 'expected a prompt, found nothing but white space' }
  const blank = example.chosen.find((at) => isBlank((example.responses[at] as Example['responses'][number]).text))
  if (blank === undefined) return undefined
  return {
    kind: 'empty-chosen',
    field: `responses.${blank}`,
    message: 'expected a chosen response with something in it, found nothing but white space',
  }
}

/** A chosen response that is also a rejected one: no judge can tell them apart. */
function sameness(example: Example, highs: readonly number[], lows: readonly number[]): Finding | undefined {
  for (const right of example.chosen)
    for (let wrong = 0; wrong < highs.length; wrong++) {
      if (highs[right] !== highs[wrong] || lows[right] !== lows[wrong] || example.chosen.includes(wrong)) continue
      return {
        kind: 'identical-responses',
        field: 'responses',
        message: `expected chosen and rejected responses that differ, found responses ${right} and ${wrong} the same`,
      }
    }
  return undefined
}

/** Every text of an example, its keys in the metadata too: one that UTF-8 cannot hold makes a whole file unreadable. */
function wellFormedExample(example: Example): Example {
  return wellFormedValue(example) as Example
}
