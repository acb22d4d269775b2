import { z } from 'zod'
import type { PricedEndpoint, RunEndpoint } from '../formats/run-endpoint.js'

const fields = {
  hardware: z.string().min(1),
  replicas: z.int().min(1),
  inactiveMinutes: z.int().min(1),
  usdPerMinute: z.number().nonnegative().nullable(),
}
const pricedEndpointSchema: z.ZodType<PricedEndpoint> = z.strictObject(fields)

/** The `endpoint:` of a run manifest. */
export const runEndpointSchema: z.ZodType<RunEndpoint> = z.strictObject({
  ...fields,
  sessions: z.array(
    z.strictObject({
      startedAt: z.iso.datetime(),
      stoppedAt: z.iso.datetime().optional(),
      endpoint: pricedEndpointSchema.optional(),
    }),
  ),
})
