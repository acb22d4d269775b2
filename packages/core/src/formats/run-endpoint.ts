import type { HostedEndpoint } from './hosted-tuning.js'

/** A dedicated endpoint with its price. */
export interface PricedEndpoint extends HostedEndpoint {
  /** USD a minute for all replicas; null where the service does not say. */
  readonly usdPerMinute: number | null
}

/** The time that an endpoint was up for a run. */
export interface EndpointSession {
  /** When it was up: what comes before is not paid. */
  readonly startedAt: string
  /** When it was asked to stop; absent while it is up, and for good where the process that used it died. */
  readonly stoppedAt?: string | undefined
  /** What was up, where it was another endpoint, or another price, than the run's first. */
  readonly endpoint?: PricedEndpoint | undefined
}

/** The dedicated endpoint that a run's judge was asked through. It is paid by the minute, whatever is asked. */
export interface RunEndpoint extends PricedEndpoint {
  /** In order; one for each start of the run that had something to ask. */
  readonly sessions: readonly EndpointSession[]
}

const MINUTE_MS = 60_000

/**
 * USD for the minutes of all sessions: each one's time, in minutes, times its price a minute. Null while a session has no
 * end, or a price is not known.
 *
 * @param endOf when a session without an end was over at the latest, in milliseconds since 1970: the result is then at most
 */
export function endpointUsd(endpoint: RunEndpoint, endOf?: (session: EndpointSession) => number): number | null {
  let usd = 0
  for (const session of endpoint.sessions) {
    const { usdPerMinute } = session.endpoint ?? endpoint
    const endMs = session.stoppedAt === undefined ? endOf?.(session) : Date.parse(session.stoppedAt)
    if (usdPerMinute === null || endMs === undefined) return null
    usd += (Math.max(0, endMs - Date.parse(session.startedAt)) / MINUTE_MS) * usdPerMinute
  }
  return usd
}

/** The session that an answer belongs to, by when it came; undefined for one that did not come through the endpoint. */
export function sessionAt({ sessions }: RunEndpoint, at: string): EndpointSession | undefined {
  const atMs = Date.parse(at)
  return sessions.findLast(
    ({ startedAt, stoppedAt }) =>
      Date.parse(startedAt) <= atMs && (stoppedAt === undefined || atMs <= Date.parse(stoppedAt)),
  )
}
