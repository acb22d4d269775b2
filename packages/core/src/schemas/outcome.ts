import { z } from 'zod'
import { FAILURE_REASONS, type Outcome } from '../formats/outcome.js'

export const outcomeSchema: z.ZodType<Outcome> = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('choice'),
      slot: z.union([z.int().nonnegative(), z.literal('tie')]),
      strength: z.enum(['slight', 'strong']).optional(),
      probabilities: z.array(z.number().min(0).max(1)).optional(),
    }),
    z.strictObject({
      kind: z.literal('rating'),
      value: z.number(),
      scale: z.strictObject({ min: z.number(), max: z.number() }),
    }),
    z.strictObject({ kind: z.literal('class'), label: z.string(), labels: z.array(z.string()).min(2) }),
    z.strictObject({ kind: z.literal('failed'), reason: z.enum(FAILURE_REASONS), detail: z.string().optional() }),
  ])
  .superRefine((outcome, context) => {
    if (outcome.kind === 'rating' && !(outcome.scale.min < outcome.scale.max))
      context.addIssue({
        code: 'custom',
        path: ['scale'],
        message: `expected min below max, found min ${outcome.scale.min} and max ${outcome.scale.max}`,
      })
    else if (outcome.kind === 'rating' && !(outcome.value >= outcome.scale.min && outcome.value <= outcome.scale.max))
      context.addIssue({
        code: 'custom',
        path: ['value'],
        message: `expected a rating between ${outcome.scale.min} and ${outcome.scale.max}, found ${outcome.value}`,
      })
    if (outcome.kind === 'class' && !outcome.labels.includes(outcome.label))
      context.addIssue({
        code: 'custom',
        path: ['label'],
        message: `expected one of ${outcome.labels.join(', ')}, found ${outcome.label}`,
      })
  })
