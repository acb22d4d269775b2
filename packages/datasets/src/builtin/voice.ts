import type { Draw } from './draw.js'
import { CLOSERS, CONFIDENT_OPENERS, HEDGED_OPENERS, LIST_LEADS, NEUTRAL_OPENERS } from './tables/manners.js'

/** What a response says: the sentence that decides whether it is right, and sentences that decide nothing. */
export interface Content {
  readonly claim: string
  readonly support: readonly string[]
}

/**
 * Writes a response in a manner drawn at random: bare, short, long, list, numbered, hedged, confident. The manner does
 * not know whether the claim is right, so that no manner can tell.
 */
export function speak(draw: Draw, content: Content): string {
  const support = draw.sample(content.support, supportSize(draw, content.support.length))
  const body = layOut(draw, content.claim, support)
  if (support.length === 0 && draw.chance(0.35)) return body
  const opened = draw.chance(0.45) ? join(draw, opener(draw), body) : body
  return draw.chance(0.3) ? join(draw, opened, draw.pick(CLOSERS)) : opened
}

function supportSize(draw: Draw, available: number): number {
  return Math.min(available, draw.pick([0, 0, 1, 1, 2, 2, 3, 4]))
}

function layOut(draw: Draw, claim: string, support: readonly string[]): string {
  if (support.length === 0) return claim
  const ordered = draw.chance(0.65) ? [claim, ...support] : [...support, claim]
  const layout = draw.pick(['prose', 'prose', 'prose', 'bullets', 'numbers', 'paragraphs', 'bold'])
  if (layout === 'bullets') return `${draw.pick(LIST_LEADS)}\n${ordered.map((line) => `- ${line}`).join('\n')}`
  if (layout === 'numbers') return ordered.map((line, i) => `${i + 1}. ${line}`).join('\n')
  if (layout === 'paragraphs') return ordered.join('\n\n')
  if (layout === 'bold') return ordered.map((line) => (line === claim ? `**${line}**` : line)).join(' ')
  return ordered.join(' ')
}

function opener(draw: Draw): string {
  return draw.pick(draw.pick([NEUTRAL_OPENERS, NEUTRAL_OPENERS, HEDGED_OPENERS, CONFIDENT_OPENERS]))
}

/** Two parts in one paragraph, or in two where either part has lines of its own. */
function join(draw: Draw, before: string, after: string): string {
  const apart = before.includes('\n') || after.includes('\n') || draw.chance(0.1)
  return `${before}${apart ? '\n\n' : ' '}${after}`
}
