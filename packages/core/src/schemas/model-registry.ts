import { z } from 'zod'
import type { Figure, ModelEntry, ModelRegistry, Stated } from '../formats/model-registry.js'

const figureSchema: z.ZodType<Figure> = z.strictObject({
  value: z.number().positive(),
  unit: z.string().min(1),
  source: z.string().min(1),
  date: z.iso.date(),
})

function stated<T>(value: z.ZodType<T>): z.ZodType<Stated<T>> {
  return z.strictObject({ value, source: z.string().min(1), date: z.iso.date() }) as unknown as z.ZodType<Stated<T>>
}

const modelSchema: z.ZodType<ModelEntry> = z.strictObject({
  name: z.string().min(1),
  aliases: z.array(z.string().min(1)).optional(),
  label: z.string().min(1),
  provider: z.enum(['openai', 'together']),
  open: z.boolean(),
  tunedFrom: z.string().min(1).optional(),
  context: figureSchema.optional(),
  prices: z.strictObject({
    input: figureSchema.optional(),
    cachedInput: figureSchema.optional(),
    output: figureSchema.optional(),
    batchShare: figureSchema.refine(({ value }) => value <= 1, { error: 'expected a share of at most 1' }).optional(),
  }),
  tuning: z.strictObject({ dpo: figureSchema.optional(), minimum: figureSchema.optional() }).optional(),
  speed: figureSchema.optional(),
  thinking: stated(z.boolean()).optional(),
  efforts: stated(z.array(z.string().min(1)).min(1)).optional(),
  refuses: stated(z.array(z.string().min(1))).optional(),
  notes: z.string().optional(),
})

export const modelRegistrySchema: z.ZodType<ModelRegistry> = z
  .strictObject({
    formatVersion: z.literal(1),
    models: z.array(modelSchema),
  })
  .superRefine(({ models }, context) => {
    const seen = new Set<string>()
    for (const [at, { provider, name, aliases = [] }] of models.entries())
      for (const known of [name, ...aliases]) {
        if (seen.has(`${provider} ${known}`))
          context.addIssue({
            code: 'custom',
            path: ['models', at, known === name ? 'name' : 'aliases'],
            message: `expected a name that ${provider} has once, found "${known}" a second time`,
          })
        seen.add(`${provider} ${known}`)
      }
  })
