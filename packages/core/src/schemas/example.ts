import { z } from 'zod'
import type { Example } from '../formats/example.js'
import { promptSchema } from './prompt.js'

const responseSchema = z.strictObject({ text: z.string(), model: z.string().optional() })

export const exampleSchema: z.ZodType<Example> = z
  .strictObject({
    v: z.literal(1),
    id: z.string().min(1),
    subset: z.string().min(1),
    prompt: promptSchema,
    responses: z.array(responseSchema).min(2),
    chosen: z.array(z.int().nonnegative()).min(1),
    metadata: z.record(z.string(), z.unknown()),
  })
  .superRefine((example, context) => {
    for (const [at, index] of example.chosen.entries()) {
      if (index >= example.responses.length)
        context.addIssue({
          code: 'custom',
          path: ['chosen', at],
          message: `expected an index below ${example.responses.length}, the number of responses, found ${index}`,
        })
      if (at > 0 && index <= (example.chosen[at - 1] as number))
        context.addIssue({
          code: 'custom',
          path: ['chosen', at],
          message: `expected ascending indices without repetition, found ${index} after ${example.chosen[at - 1]}`,
        })
    }
  })
