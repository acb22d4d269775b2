import { z } from 'zod'
import { PAIR_STRATEGIES, type PreferencePair } from '../formats/preference-pair.js'
import { messageSchema } from './prompt.js'

export const preferencePairSchema: z.ZodType<PreferencePair> = z
  .strictObject({
    v: z.literal(1),
    id: z.string().min(1),
    input: z.array(messageSchema).min(1),
    preferred: z.string(),
    nonPreferred: z.string(),
    weight: z.number().positive().optional(),
    origin: z.strictObject({
      strategy: z.enum(PAIR_STRATEGIES),
      exampleId: z.string().min(1),
      comparisonId: z.string().min(1),
      subset: z.string().min(1),
      presentation: z.string().min(1).optional(),
      judgeId: z.string().min(1).optional(),
      repeats: z.tuple([z.int().nonnegative(), z.int().nonnegative()]).optional(),
      promptSha256: z.string().min(1).optional(),
    }),
  })
  .refine((pair) => pair.input.at(-1)?.role !== 'assistant', {
    path: ['input'],
    message: 'expected a last turn that is not the assistant’s, found the assistant’s',
  })
