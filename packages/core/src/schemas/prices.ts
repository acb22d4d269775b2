import { z } from 'zod'

/** The fields of TokenPrices. */
export const tokenPriceFields: {
  readonly input: z.ZodNumber
  readonly output: z.ZodNumber
  readonly cachedInput: z.ZodOptional<z.ZodNumber>
  readonly batchShare: z.ZodOptional<z.ZodNumber>
} = {
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  cachedInput: z.number().nonnegative().optional(),
  batchShare: z.number().gt(0).lte(1).optional(),
}
