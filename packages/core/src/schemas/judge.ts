import { z } from 'zod'
import { APIS, type JudgeSpec, PROVIDERS } from '../formats/judge.js'
import { MODES } from '../formats/presentation.js'
import { askingSchema } from './asking.js'

const fields = {
  provider: z.enum(PROVIDERS),
  model: z.string().min(1),
  mode: z.enum(MODES),
  baseUrl: z.string().optional(),
  api: z.enum(APIS).optional(),
  asking: askingSchema.optional(),
  prompt: z.string().optional(),
  shots: z.string().optional(),
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  weights: z.string().optional(),
  code: z.string().optional(),
}

/** A judge as a manifest names it: its spec with its id and its name in the study. */
export const namedJudgeSchema: z.ZodType<JudgeSpec & { readonly id: string; readonly name: string }> = z.strictObject({
  ...fields,
  id: z.string().min(1),
  name: z.string().min(1),
})
