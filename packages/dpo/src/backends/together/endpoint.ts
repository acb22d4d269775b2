import type { HostedEndpoint } from '@judgelab/core'
import { pollUntil, type TogetherClient } from '@judgelab/services'
import type { WatchOptions } from '../backend.js'

/** A dedicated endpoint that is up: what to ask it by, and what it costs. */
export interface RunningEndpoint {
  readonly id: string
  /** The name under which chat completions reach it. */
  readonly model: string
  /** USD a minute for all replicas; null where the service does not say. */
  readonly usdPerMinute: number | null
}

/**
 * Runs work against a dedicated endpoint of a model, and stops the endpoint afterwards, however the work ends. Should this
 * process die, the service stops it by itself after `inactiveMinutes` without a call.
 *
 * @throws {Error} when the endpoint does not come up; what the work throws
 */
export async function withTogetherEndpoint<T>(
  client: TogetherClient,
  model: string,
  asked: HostedEndpoint,
  work: (endpoint: RunningEndpoint) => Promise<T>,
  options: WatchOptions = {},
): Promise<T> {
  const id = await startedEndpoint(client, model, asked)
  try {
    const seen = await pollUntil({
      what: `endpoint ${id}`,
      look: () => client.endpoints.retrieve(id),
      isDone: ({ state }) => state === 'STARTED' || state === 'ERROR',
      onLook: ({ state }) => options.onStatus?.(`endpoint ${id}: ${state}`),
      firstMs: options.firstPauseMs ?? 2000,
      longestMs: 20_000,
      timeLimitMs: 3_600_000,
      signal: options.signal,
    })
    if (seen.state === 'ERROR') throw new Error(`endpoint ${id} of ${model} did not come up: the service says ERROR`)
    return await work({ id, model: seen.name, usdPerMinute: await priceOf(client, model, asked) })
  } finally {
    await client.endpoints.update(id, { state: 'STOPPED' })
  }
}

/** The endpoint of that model and machine, started; one that was left stopped is taken again. */
async function startedEndpoint(
  client: TogetherClient,
  model: string,
  { hardware, replicas, inactiveMinutes }: HostedEndpoint,
): Promise<string> {
  const { data } = await client.endpoints.list({ mine: true, type: 'dedicated' })
  const held = data.find((endpoint) => endpoint.model === model && endpoint.state !== 'ERROR')
  if (held !== undefined) {
    if (held.state !== 'STARTED') await client.endpoints.update(held.id, { state: 'STARTED' })
    return held.id
  }
  const created = await client.endpoints.create({
    model,
    hardware,
    autoscaling: { min_replicas: replicas, max_replicas: replicas },
    inactive_timeout: inactiveMinutes,
    state: 'STARTED',
  })
  return created.id
}

async function priceOf(
  client: TogetherClient,
  model: string,
  { hardware, replicas }: HostedEndpoint,
): Promise<number | null> {
  const { data } = await client.endpoints.listHardware({ model })
  const machine = data.find(({ id }) => id === hardware)
  return machine === undefined ? null : (machine.pricing.cents_per_minute / 100) * replicas
}
