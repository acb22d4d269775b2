import { z } from 'zod'
import { MODES, type Mode } from '../formats/presentation.js'

/** The fields that a presentation and the judgment of it share. */
export const presentationFields: {
  readonly exampleId: z.ZodType<string>
  readonly comparisonId: z.ZodOptional<z.ZodType<string>>
  readonly mode: z.ZodType<Mode>
  readonly slots: z.ZodType<readonly number[]>
  readonly repeat: z.ZodType<number>
} = {
  exampleId: z.string().min(1),
  comparisonId: z.string().min(1).optional(),
  mode: z.enum(MODES),
  slots: z.array(z.int().nonnegative()).min(1),
  repeat: z.int().nonnegative(),
}
