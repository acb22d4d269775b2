import { z } from 'zod'
import type { Judgment } from '../formats/judgment.js'
import { outcomeSchema } from './outcome.js'
import { presentationFields } from './presentation.js'

export const judgmentSchema: z.ZodType<Judgment> = z.strictObject({
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
  at: z.iso.datetime(),
})
