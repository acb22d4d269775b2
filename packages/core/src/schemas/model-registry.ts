import { z } from 'zod'
import type { Figure, ModelEntry, ModelRegistry } from '../formats/model-registry.js'

const figureSchema: z.ZodType<Figure> = z.strictObject({
  value: z.number().positive(),
  unit: z.string().min(1),
  source: z.string().min(1),
  date: z.iso.date(),
})

const modelSchema: z.ZodType<ModelEntry> = z.strictObject({
  name: z.string().min(1),
  label: z.string().min(1),
  provider: z.enum(['openai', 'together']),
  open: z.boolean(),
  context: figureSchema.optional(),
  prices: z.strictObject({
    input: figureSchema.optional(),
    cachedInput: figureSchema.optional(),
    output: figureSchema.optional(),
  }),
  speed: figureSchema.optional(),
  thinking: z.boolean(),
  refuses: z.array(z.string()),
  notes: z.string().optional(),
})

export const modelRegistrySchema: z.ZodType<ModelRegistry> = z.strictObject({
  formatVersion: z.literal(1),
  models: z.array(modelSchema),
})
