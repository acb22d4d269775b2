import { z } from 'zod'
import { type Asking, DECISIONS } from '../formats/asking.js'

export const scaleSchema: z.ZodType<{ readonly min: number; readonly max: number }> = z
  .strictObject({ min: z.int(), max: z.int() })
  .refine(({ min, max }) => min < max, { error: 'expected min below max' })

/** Best first; at least two, none twice. */
export const classesSchema: z.ZodType<string[]> = z
  .array(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u, 'expected letters, digits, spaces, _ and -'))
  .min(2)
  .refine((classes) => new Set(classes.map((name) => name.toLowerCase())).size === classes.length, {
    error: 'expected every class once',
  })

/** An asking as a manifest holds it. */
export const askingSchema: z.ZodType<Asking> = z.strictObject({
  decision: z.enum(DECISIONS),
  allowTie: z.boolean(),
  askStrength: z.boolean(),
  scale: scaleSchema.optional(),
  classes: classesSchema.optional(),
  blind: z.boolean(),
  reference: z.string().optional(),
  criteria: z.record(z.string(), z.string()).optional(),
  shots: z.int().positive().optional(),
  tieBand: z.number().min(0).max(1).optional(),
})
