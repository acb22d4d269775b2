/** The answer that a judging prompt asks for. Labels are in the prompt's own spelling. */
export type Wanted = Decision & {
  readonly form: AnswerForm
  /** Whether a named slot's strength, slight or strong, is asked for with it. */
  readonly strength: boolean
}

type Decision =
  | { readonly kind: 'choice'; readonly labels: readonly string[] }
  | { readonly kind: 'class'; readonly labels: readonly string[] }
  | { readonly kind: 'rating'; readonly low: number; readonly high: number }
  | { readonly kind: 'talk' }

/**
 * `line`: reasons, then `Verdict: A`; `token`: the label alone; `brackets`: reasons, then `[[A]]`; `number`: reasons, then
 * 7; `json`: an object with reasons and decision.
 */
export type AnswerForm = 'line' | 'token' | 'brackets' | 'number' | 'json'

const LABELS = String.raw`([^|\n,]+(?:\|[^|\n,]+)+)`
const TOKEN = new RegExp(`exactly one token:${LABELS}`, 'iu')
const LINE = new RegExp(String.raw`\b(?:Verdict|Class):${LABELS}`, 'u')
const JSON_LABELS = /"(?:verdict|label)":\s*("[^"]+"(?:\s*\|\s*"[^"]+")+)/
const RATING = /\bRating:\s*<integer from (-?\d+) to (-?\d+)>/
const JSON_RATING = /"rating":\s*<integer from (-?\d+) to (-?\d+)>/
const STRENGTH = /\bhow strongly\b|"strength":/
const SCALE = /\b(?:from|of|between)\s+(\d+)\s+(?:to|and|-)\s+(\d+)\b/i

/**
 * Reads what the prompt's own words ask for: `Answer with exactly one token: A | B`, `Verdict: A | B | tie`,
 * `Class: helpful | unhelpful`, `Rating: <integer from 1 to 10>`, the same as fields of a JSON object, or the double
 * brackets and bare ratings of published prompts. What asks for none of these is answered with talk.
 *
 * @param instruction the text outside the candidates' blocks
 * @param responses how many responses are shown
 */
export function readInstruction(instruction: string, responses: number): Wanted {
  const strength = STRENGTH.test(instruction)
  const labelled = (labels: string, form: AnswerForm): Wanted => ({ ...decisionAmong(split(labels)), form, strength })
  const token = TOKEN.exec(instruction)?.[1]
  if (token !== undefined) return labelled(token, 'token')
  const field = JSON_LABELS.exec(instruction)?.[1]
  if (field !== undefined) return labelled(field.replaceAll('"', ''), 'json')
  const line = LINE.exec(instruction)?.[1]
  if (line !== undefined) return labelled(line, 'line')
  const scaled = scaleOf(JSON_RATING, instruction, 'json') ?? scaleOf(RATING, instruction, 'line')
  if (scaled !== undefined) return scaled
  const brackets = [...new Set([...instruction.matchAll(/\[\[([A-Z])\]\]/g)].map(([, label]) => label as string))]
  if (brackets.length > 1 && responses > 1) return labelled(brackets.toSorted().join('|'), 'brackets')
  const bare = responses === 1 ? scaleOf(SCALE, instruction, 'number') : undefined
  return bare ?? { kind: 'talk', form: 'line', strength: false }
}

function scaleOf(pattern: RegExp, text: string, form: AnswerForm): Wanted | undefined {
  const found = pattern.exec(text)
  if (found === null) return undefined
  return { kind: 'rating', low: Number(found[1]), high: Number(found[2]), form, strength: false }
}

function decisionAmong(labels: readonly string[]): Decision {
  const areSlots = labels.every((label) => isSlotLabel(label) || isTieLabel(label))
  return { kind: areSlots ? 'choice' : 'class', labels }
}

function split(labels: string): string[] {
  return labels.split('|').map((label) => label.trim())
}

/** Whether a label names a slot: one capital letter. */
export function isSlotLabel(label: string): boolean {
  return /^[A-Z]$/.test(label)
}

/** Whether a label says that no response is better. */
export function isTieLabel(label: string): boolean {
  return /^(?:tie|equal|neither|both|same|draw)$/i.test(label)
}
