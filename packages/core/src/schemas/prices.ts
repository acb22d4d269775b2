import { z } from 'zod'

/** The fields of TokenPrices. */
export const tokenPriceFields = {
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  cachedInput: z.number().nonnegative().optional(),
  batchShare: z.number().gt(0).lte(1).optional(),
}
