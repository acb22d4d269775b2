import { closedBookDrafts } from './closed-book.js'
import { createDraw, type Draw } from './draw.js'
import { focusDrafts } from './focus.js'
import { mathDrafts } from './math.js'
import { passageDrafts } from './passages.js'
import { preciseIfDrafts } from './precise-if.js'
import { createPromptRegister, type PromptRegister } from './prompt-register.js'
import { type BuiltinRow, type Draft, toRow } from './row.js'
import { safetyDrafts } from './safety.js'
import { tiesDrafts } from './ties.js'

/** The seed of the committed benchmark. */
export const BUILTIN_SEED = 2026

type Generator = (draw: Draw, register: PromptRegister) => readonly Draft[]

const SUBSETS: readonly (readonly [subset: string, generate: Generator])[] = [
  ['Factuality', (draw, register) => [...closedBookDrafts(draw, register), ...passageDrafts(draw, register)]],
  ['Precise IF', preciseIfDrafts],
  ['Math', mathDrafts],
  ['Safety', safetyDrafts],
  ['Focus', focusDrafts],
]

/**
 * Generates the built-in benchmark: synthetic, in RewardBench 2's shape, with labels right by construction.
 *
 * 1,865 examples: Factuality 475, Precise IF 160, Math 183, Safety 450, Focus 495, Ties 102, in that order. Outside
 * Ties one response is chosen and three are rejected. Each subset has a stream of its own, begun at `seed` plus its
 * position, so that a change in one subset leaves the others alone unless two prompts collide.
 *
 * @param seed integer, 0 <= seed < 2^32 - 6; the committed file has BUILTIN_SEED
 */
export function generateBuiltinBenchmark(seed: number): BuiltinRow[] {
  const register = createPromptRegister()
  const judged = SUBSETS.flatMap(([subset, generate], position) => {
    const draw = createDraw(seed + position)
    return draw.shuffled(generate(draw, register)).map((draft) => ({ subset, draft }))
  })
  const ties = tiesDrafts(createDraw(seed + SUBSETS.length), register)
  return [
    ...judged.map(({ subset, draft }, index) => toRow(draft, String(index), subset)),
    ...ties.map(({ id, draft }) => toRow(draft, id, 'Ties')),
  ]
}
