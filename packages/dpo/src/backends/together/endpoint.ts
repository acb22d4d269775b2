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

/** How an endpoint is started and stopped. */
export interface EndpointOptions extends WatchOptions {
  /** Told the price, as it will stand in `RunningEndpoint`, before anything is started, and waited for; what it throws is thrown. */
  readonly mayStart?: ((usdPerMinute: number | null) => void | Promise<void>) | undefined
  /** Told once the service has been asked to stop the endpoint, and has agreed. */
  readonly onStopped?: (() => void | Promise<void>) | undefined
}

/**
 * Runs work against a dedicated endpoint of a model, and stops the endpoint afterwards, however the work ends. Should this
 * process die, the service stops it by itself after `inactiveMinutes` without a call.
 *
 * @throws {Error} when the endpoint does not come up; what `mayStart` and the work throw
 */
export async function withTogetherEndpoint<T>(
  client: TogetherClient,
  model: string,
  asked: HostedEndpoint,
  work: (endpoint: RunningEndpoint) => Promise<T>,
  options: EndpointOptions = {},
): Promise<T> {
  const usdPerMinute = await priceOf(client, model, asked)
  await options.mayStart?.(usdPerMinute)
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
    return await work({ id, model: seen.name, usdPerMinute })
  } finally {
    await client.endpoints.update(id, { state: 'STOPPED' })
    await options.onStopped?.()
  }
}

/** Stops every endpoint of that model and machine that is up or coming up: what a process left that died. */
export async function stopTogetherEndpoints(
  client: TogetherClient,
  model: string,
  asked: Pick<HostedEndpoint, 'hardware'>,
): Promise<void> {
  for (const { id, state } of await endpointsOf(client, model, asked))
    if (state === 'PENDING' || state === 'STARTING' || state === 'STARTED')
      await client.endpoints.update(id, { state: 'STOPPED' })
}

interface FoundEndpoint {
  readonly id: string
  readonly state: string
}

/** The account's endpoints of that model and machine that have not failed. */
async function endpointsOf(
  client: TogetherClient,
  model: string,
  { hardware }: Pick<HostedEndpoint, 'hardware'>,
): Promise<FoundEndpoint[]> {
  const { data } = await client.endpoints.list({ mine: true, type: 'dedicated' })
  const found: FoundEndpoint[] = []
  for (const { id } of data.filter((endpoint) => endpoint.model === model && endpoint.state !== 'ERROR')) {
    const held = await client.endpoints.retrieve(id)
    if (held.hardware === hardware) found.push({ id, state: held.state })
  }
  return found
}

/** The endpoint of that model and machine, started; one that was left, stopped or not, is taken again. */
async function startedEndpoint(
  client: TogetherClient,
  model: string,
  { hardware, replicas, inactiveMinutes }: HostedEndpoint,
): Promise<string> {
  const settings = {
    autoscaling: { min_replicas: replicas, max_replicas: replicas },
    inactive_timeout: inactiveMinutes,
  }
  const [held] = await endpointsOf(client, model, { hardware })
  if (held !== undefined) {
    await client.endpoints.update(held.id, { ...settings, ...(held.state === 'STARTED' ? {} : { state: 'STARTED' }) })
    return held.id
  }
  const { id } = await client.endpoints.create({ model, hardware, ...settings, state: 'STARTED' })
  return id
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
