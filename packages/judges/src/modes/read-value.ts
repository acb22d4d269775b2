import type { Choice, Classed, Failed, Rating } from '@judgelab/core'
import { classesOf, labelsOf, type Question, scaleOf } from './question.js'

/** No decision is longer. */
const LONGEST = 200

/** What a judge wrote in the place of its decision: a letter, a number, a class. */
export function readValue(value: string, question: Question): Choice | Rating | Classed | Failed {
  if (value.length > LONGEST) return unparsed(`the decision is longer than ${LONGEST} characters`)
  switch (question.mode) {
    case 'pairwise':
    case 'best-of-n':
      return readChoice(value, question)
    case 'rating':
      return readRating(value, question)
    case 'classify':
      return readClass(value, question)
  }
}

/** An answer that says nothing that can be used, with the reason in a few words. */
export function unparsed(detail: string): Failed {
  return { kind: 'failed', reason: 'unparsed', detail }
}

const STRENGTH = /^(.+?)(?:\s*[,;:]\s*|\s+)\(?(slight|slightly|strong|strongly)\)?$/i

function readChoice(value: string, question: Question): Choice | Failed {
  const strong = question.asking.askStrength ? STRENGTH.exec(trimmed(value)) : null
  const label = bare(strong?.[1] ?? value).replace(/^(?:response|assistant|answer)\s+(?=[a-z]$)/i, '')
  const allowed = labelsOf(question)
  const at = allowed.findIndex((known) => known.toLowerCase() === label.toLowerCase())
  if (at < 0) {
    const why = label.toLowerCase() === 'tie' ? 'a tie, which may not be called' : `not one of ${allowed.join(' | ')}`
    return unparsed(`the verdict is ${why}`)
  }
  if (at >= question.slotCount) return { kind: 'choice', slot: 'tie' }
  const word = strong?.[2]?.toLowerCase()
  if (word === undefined) return { kind: 'choice', slot: at }
  return { kind: 'choice', slot: at, strength: word.startsWith('slight') ? 'slight' : 'strong' }
}

const NUMBER = /^([+-]?\d+(?:\.\d+)?)(?:\s*(?:\/|out of|of)\s*(\d+))?(?:\s+points?)?$/i

function readRating(value: string, { asking }: Question): Rating | Failed {
  const scale = scaleOf(asking)
  const [, number, outOf] = NUMBER.exec(bare(value).replace('\u2212', '-')) ?? []
  if (number === undefined) return unparsed('the rating is no number')
  const rating = Number(number)
  if (!Number.isInteger(rating)) return unparsed('the rating is no whole number')
  if (outOf !== undefined && Number(outOf) !== scale.max)
    return unparsed(`the rating is out of another number than ${scale.max}`)
  if (rating < scale.min || rating > scale.max)
    return unparsed(`the rating is not between ${scale.min} and ${scale.max}`)
  return { kind: 'rating', value: rating, scale }
}

function readClass(value: string, { asking }: Question): Classed | Failed {
  const labels = classesOf(asking)
  const given = [value, bare(value)].map((text) => text.trim().toLowerCase())
  const label = labels.find((known) => given.includes(known.trim().toLowerCase()))
  return label === undefined
    ? unparsed(`the class is not one of ${labels.join(' | ')}`)
    : { kind: 'class', label, labels }
}

const PAIRS = [/^\[\[(.*)\]\]$/, /^\[(.*)\]$/, /^\((.*)\)$/, /^<(.*)>$/, /^"(.*)"$/, /^'(.*)'$/, /^“(.*)”$/]

/** A value without Markdown, one full stop and one pair of brackets or quotes around it. */
function bare(value: string): string {
  if (/^\w+$/.test(value)) return trimmed(value)
  const plain = trimmed(trimmed(value).replace(/\.$/, ''))
  const inner = PAIRS.map((pair) => pair.exec(plain)?.[1]).find((held) => held !== undefined)
  return inner === undefined ? plain : trimmed(inner)
}

function trimmed(text: string): string {
  return text.replace(/^[\s*_`~]+/, '').replace(/[\s*_`~]+$/, '')
}
