/** Ways in which a request can go wrong, in the order in which a draw picks them. */
export const FAULTS = [
  'rate-limited',
  'server-error',
  'bad-gateway',
  'unavailable',
  'overloaded',
  'reset',
  'half-closed',
  'stalled',
  'truncated-json',
  'malformed-json',
  'wrong-content-type',
  'empty-choices',
  'refusal',
  'content-filter',
  'length',
  'wrong-label',
] as const
export type Fault = (typeof FAULTS)[number]

/** Faults that are whole answers of a model: the client has got what it paid for, and should not ask again. */
export const ANSWERED_FAULTS: ReadonlySet<Fault> = new Set<Fault>([
  'refusal',
  'content-filter',
  'length',
  'wrong-label',
])

/** Faults inside a model's answer: only requests to a model can have them. */
export const MODEL_FAULTS: ReadonlySet<Fault> = new Set<Fault>([...ANSWERED_FAULTS, 'empty-choices'])

/** Ways in which a job can go wrong: `file-` hits files for fine-tuning at Together, `-error` and `-stuck` whole jobs, `lines-` single lines of a batch. */
export const JOB_FAULTS = [
  'file-invalid',
  'file-failed',
  'tuning-error',
  'tuning-stuck',
  'batch-failed',
  'batch-expired',
  'batch-stuck',
  'lines-failed',
  'lines-missing',
  'lines-duplicate',
  'lines-foreign',
] as const
export type JobFault = (typeof JOB_FAULTS)[number]

/** What goes wrong, and how often. */
export interface FaultOptions {
  /** Seeds which requests are hit. */
  readonly seed?: number | undefined
  /** Probability of each fault for a request, in [0, 1]; together at most 1. What is absent does not happen. */
  readonly rates?: Readonly<Partial<Record<Fault, number>>> | undefined
  /** Probability of each fault of jobs, in [0, 1]; what is absent does not happen. */
  readonly jobs?: Readonly<Partial<Record<JobFault, number>>> | undefined
  /** Whether a fault also hits requests that do not go to a model (files, jobs, batches); false at first. */
  readonly everywhere?: boolean | undefined
  /** Time before every answer, in ms; 0 at first. */
  readonly latencyMs?: number | undefined
  /** Half the width of what varies around `latencyMs`, in ms; uniform, seeded. */
  readonly jitterMs?: number | undefined
  /** What Retry-After asks for, in ms; 1,000 at first. A header in seconds or as a date says it rounded up to seconds. */
  readonly retryAfterMs?: number | undefined
  /** How Retry-After is said: one of three ways, or by draw. */
  readonly retryAfter?: 'seconds' | 'date' | 'ms' | 'absent' | 'mixed' | undefined
}

/** Reads fault options. @throws {RangeError} for a rate outside [0, 1], rates above 1 together, or a negative time */
export function checkFaults(options: FaultOptions): FaultOptions {
  const sum = checkRates(options.rates ?? {}, FAULTS)
  if (sum > 1 + 1e-9) throw new RangeError(`startEmulator needs rates that add up to at most 1, got ${sum}`)
  checkRates(options.jobs ?? {}, JOB_FAULTS)
  for (const key of ['latencyMs', 'jitterMs', 'retryAfterMs'] as const) {
    const value = options[key] ?? 0
    if (!(value >= 0 && Number.isFinite(value))) throw new RangeError(`startEmulator needs ${key} >= 0, got ${value}`)
  }
  return options
}

/** The sum of the rates. */
function checkRates(rates: Readonly<Record<string, number>>, known: readonly string[]): number {
  let sum = 0
  for (const [fault, rate] of Object.entries(rates)) {
    if (!known.includes(fault))
      throw new RangeError(`startEmulator needs faults among ${known.join(', ')}, got ${fault}`)
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`startEmulator needs rates in [0, 1], got ${fault}=${rate}`)
    sum += rate
  }
  return sum
}
