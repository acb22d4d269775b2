import { z } from 'zod'
import type { Judgment } from '../formats/judgment.js'
import { SLOTS_OF_MODE } from '../formats/presentation.js'
import { outcomeSchema } from './outcome.js'
import { presentationFields } from './presentation.js'

export const judgmentSchema: z.ZodType<Judgment> = z
  .strictObject({
    v: z.literal(1),
    presentationId: z.string().min(1),
    ...presentationFields,
    outcome: outcomeSchema,
    raw: z.string().optional(),
    reasoning: z.string().optional(),
    usage: z
      .strictObject({
        inputTokens: z.int().nonnegative(),
        outputTokens: z.int().nonnegative(),
        cachedInputTokens: z.int().nonnegative().optional(),
        reasoningTokens: z.int().nonnegative().optional(),
      })
      .optional(),
    latencyMs: z.number().nonnegative(),
    firstByteMs: z.number().nonnegative().optional(),
    attempts: z.int().positive().optional(),
    cached: z.literal(true).optional(),
    at: z.iso.datetime(),
  })
  .superRefine(({ mode, slots, outcome }, context) => {
    const [least, most] = SLOTS_OF_MODE[mode]
    const problem = (path: string[], expected: string, found: unknown): void =>
      context.addIssue({ code: 'custom', path, message: `expected ${expected}, found ${found}` })
    if (slots.length < least || slots.length > most)
      problem(['slots'], `${least === most ? least : `${least} to ${most}`} slots for ${mode}`, slots.length)
    if (outcome.kind !== 'choice') return
    if (outcome.slot !== 'tie' && outcome.slot >= slots.length)
      problem(['outcome', 'slot'], `a slot below ${slots.length}, or tie`, outcome.slot)
    if (outcome.probabilities !== undefined && outcome.probabilities.length !== slots.length)
      problem(['outcome', 'probabilities'], `${slots.length} probabilities, one a slot`, outcome.probabilities.length)
  })
