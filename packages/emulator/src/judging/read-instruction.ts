/** The answer that a judging prompt asks for. Labels are in the prompt's own spelling. */
export type Wanted =
  | { readonly kind: 'choice'; readonly labels: readonly string[]; readonly form: AnswerForm }
  | { readonly kind: 'class'; readonly labels: readonly string[]; readonly form: AnswerForm }
  | { readonly kind: 'rating'; readonly low: number; readonly high: number; readonly form: AnswerForm }
  | { readonly kind: 'talk' }

/** `line`: reasons, then `Verdict: A`; `token`: the label alone; `brackets`: reasons, then `[[A]]`; `number`: reasons, then 7. */
export type AnswerForm = 'line' | 'token' | 'brackets' | 'number'

const LABEL = String.raw`[\p{L}\p{N}_-]+`
const LABELS = String.raw`${LABEL}(?:\s*\|\s*${LABEL})+`
const TOKEN = new RegExp(String.raw`exactly one token:\s*(${LABELS})`, 'iu')
const VERDICT = new RegExp(String.raw`\bVerdict:\s*(${LABELS})`, 'u')
const CLASS = new RegExp(String.raw`\bClass:\s*(${LABELS})`, 'u')
const RATING = /\bRating:\s*<integer from (-?\d+) to (-?\d+)>/
const TEN_SCALE = /\b(?:from|of|between)\s+(\d+)\s+(?:to|and|-)\s+(\d+)\b/i

/**
 * Reads what the prompt's own words ask for: `Answer with exactly one token: A | B`, `Verdict: A | B | tie`,
 * `Class: helpful | unhelpful`, `Rating: <integer from 1 to 10>`, or the double brackets and bare ratings of published
 * prompts. What asks for none of these is answered with talk.
 *
 * @param instruction the text outside the candidates' blocks
 * @param responses how many responses are shown
 */
export function readInstruction(instruction: string, responses: number): Wanted {
  const token = TOKEN.exec(instruction)?.[1]
  if (token !== undefined) return labelled(token, 'token')
  const verdict = VERDICT.exec(instruction)?.[1]
  if (verdict !== undefined) return labelled(verdict, 'line')
  const classes = CLASS.exec(instruction)?.[1]
  if (classes !== undefined) return { kind: 'class', labels: split(classes), form: 'line' }
  const rating = RATING.exec(instruction)
  if (rating !== null) return { kind: 'rating', low: Number(rating[1]), high: Number(rating[2]), form: 'line' }
  const brackets = [...new Set([...instruction.matchAll(/\[\[([A-Z])\]\]/g)].map(([, label]) => label as string))]
  if (brackets.length > 1 && responses > 1) return { kind: 'choice', labels: brackets.toSorted(), form: 'brackets' }
  const scale = responses === 1 ? TEN_SCALE.exec(instruction) : null
  if (scale !== null) return { kind: 'rating', low: Number(scale[1]), high: Number(scale[2]), form: 'number' }
  return { kind: 'talk' }
}

function labelled(labels: string, form: AnswerForm): Wanted {
  const list = split(labels)
  return list.every((label) => isSlotLabel(label) || isTieLabel(label))
    ? { kind: 'choice', labels: list, form }
    : { kind: 'class', labels: list, form }
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
