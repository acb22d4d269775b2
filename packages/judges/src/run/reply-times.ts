import type { ServiceReply } from '../judge.js'
import { type Made, toMs } from './asking.js'

/** The times of a reply, as a judgment has them. Of one that came in a file nobody measured any. */
export function timesOf({ firstByteMs, totalMs }: ServiceReply): Pick<Made, 'latencyMs' | 'firstByteMs'> {
  return { latencyMs: toMs(totalMs), ...(totalMs === 0 ? {} : { firstByteMs: toMs(firstByteMs) }) }
}
