import { uniformDraw } from '../judging/draws.js'
import { FAULTS, type Fault, type FaultOptions, type JobFault, MODEL_FAULTS } from './fault-options.js'

/** What happens to one request: a function of the seed, the request's content and which attempt at it this is. */
export interface Fate {
  readonly fault: Fault | undefined
  readonly delayMs: number
  /** A number in [0, 1) that decides between the variants of a fault. */
  readonly variant: number
}

/**
 * The fate of the given attempt (counting from 0) at a request.
 *
 * @param content hash of the request's content
 * @param goesToModel whether a model answers it
 */
export function fateOf(options: FaultOptions, content: string, attempt: number, goesToModel: boolean): Fate {
  const seed = options.seed ?? 0
  const { latencyMs = 0, jitterMs = 0, rates } = options
  const delayMs =
    jitterMs === 0
      ? latencyMs
      : Math.max(0, latencyMs + (2 * uniformDraw(seed, 'delay', content, attempt) - 1) * jitterMs)
  if (!goesToModel && options.everywhere !== true) return { fault: undefined, delayMs: 0, variant: 0 }
  if (rates === undefined) return { fault: undefined, delayMs, variant: 0 }
  let left = uniformDraw(seed, 'fault', content, attempt)
  for (const fault of FAULTS) {
    left -= rates[fault] ?? 0
    if (left >= 0) continue
    if (!goesToModel && MODEL_FAULTS.has(fault)) break
    return { fault, delayMs, variant: uniformDraw(seed, 'variant', content, attempt) }
  }
  return { fault: undefined, delayMs, variant: 0 }
}

/** Whether a fault of jobs hits: the first of `faults` whose draw falls below its rate, or none. */
export function jobFaultOf<T extends JobFault>(
  options: FaultOptions,
  content: string,
  faults: readonly T[],
): T | undefined {
  return faults.find((fault) => uniformDraw(options.seed ?? 0, fault, content) < (options.jobs?.[fault] ?? 0))
}
