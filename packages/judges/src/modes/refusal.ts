import type { Failed } from '@judgelab/core'

/** A refusal is short; a longer text that begins like one goes on to say something else. */
const LONGEST = 600

const APOLOGY = String.raw`(?:(?:i(?:['’]m| am) )?(?:very |so |really )?sorry|i apologi[sz]e|unfortunately)[,.;:!]?\s+(?:but\s+)?`
const UNWILLING = String.raw`(?:(?:as an ai(?: [a-z]+){0,3},\s+)?i\s+(?:can['’]?t|cannot|can not|won['’]?t|will not|must decline|(?:am|['’]m) (?:not able|unable)|have to decline)|i['’]m (?:not able|unable))`
const DEED = String.raw`(?:\s+to)?\s+(?:\w+\s+){0,2}?(?:help|assist|comply|evaluate|judge|compare|rate|assess|classify|engage|continue|provide|do (?:that|this)|answer|respond|participate|fulfil+|discuss)\b`
const REFUSAL = new RegExp(`^(?:${APOLOGY})?${UNWILLING}${DEED}`, 'i')

/**
 * The failure of a judge that would not judge, where that can be told safely: the answer is short and begins with the
 * refusal itself, in English. A refusal that the judge quotes from a response does not begin its answer. Call it only for
 * answers that hold no decision.
 */
export function refusal(text: string): Failed | undefined {
  const plain = text.trim()
  if (plain.length > LONGEST || !REFUSAL.test(plain)) return undefined
  return { kind: 'failed', reason: 'refused' }
}
