import type { Draw } from './draw.js'
import type { PromptRegister } from './prompt-register.js'
import type { Draft } from './row.js'
import { NAME_FRAMES, TIES_OPENINGS } from './tables/ties-phrases.js'
import { TIES_THEMES, type TiesTheme } from './tables/ties-themes.js'
import { capitalised, filled } from './text.js'

/** An example of Ties with the id it is known by. */
export interface TiesDraft {
  readonly id: string
  readonly draft: Draft
}

/** For each theme a question with one right answer and its sibling with several: ref:0, tied:0, ref:1, tied:1, … */
export function tiesDrafts(draw: Draw, register: PromptRegister): TiesDraft[] {
  return draw.shuffled(TIES_THEMES).flatMap((theme, n) => [
    { id: `ref:${n}`, draft: refDraft(draw, register, theme, 14 + (n % 4)) },
    { id: `tied:${n}`, draft: tiedDraft(draw, register, theme, 11 + ((n + 2) % 4)) },
  ])
}

function refDraft(draw: Draw, register: PromptRegister, theme: TiesTheme, wrongCount: number): Draft {
  const others = [...theme.members, ...theme.decoys].filter((name) => name !== theme.answer)
  return draftOf(draw, register, theme, 'ref', theme.ref, [theme.answer], draw.sample(others, wrongCount))
}

function tiedDraft(draw: Draw, register: PromptRegister, theme: TiesTheme, wrongCount: number): Draft {
  const wrong = draw.sample(theme.decoys, wrongCount)
  return draftOf(draw, register, theme, 'tied', theme.tied, draw.shuffled(theme.members), wrong)
}

function draftOf(
  draw: Draw,
  register: PromptRegister,
  theme: TiesTheme,
  kind: 'ref' | 'tied',
  question: string,
  right: readonly string[],
  wrong: readonly string[],
): Draft {
  return {
    prompt: register.fresh(() => (draw.chance(0.5) ? `${draw.pick(TIES_OPENINGS)} ${question}` : question)),
    chosen: right.map((name) => answer(draw, name)),
    rejected: wrong.map((name) => answer(draw, name)),
    metadata: { kind, theme: theme.theme, right, wrong },
  }
}

function answer(draw: Draw, name: string): string {
  return capitalised(filled(draw.pick(NAME_FRAMES), { v: name }))
}
