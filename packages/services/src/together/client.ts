import Together from 'together-ai'

export type TogetherClient = Together

/** Together's SDK. `baseUrl` ends in `/v1`; absent, it is the service's own. */
export function createTogetherClient(options: {
  /** Absent where the server asks for none. */
  readonly apiKey: string | undefined
  readonly baseUrl?: string | undefined
  /** How often the SDK itself sends a request again; 2 where nothing is said. */
  readonly maxRetries?: number | undefined
  /** In place of the global one. */
  readonly fetch?: typeof globalThis.fetch | undefined
}): TogetherClient {
  const { apiKey, baseUrl, maxRetries = 2, fetch } = options
  return new Together({
    apiKey: apiKey ?? 'none',
    maxRetries,
    logLevel: 'off',
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    ...(fetch === undefined ? {} : { fetch }),
    ...(apiKey === undefined ? { defaultHeaders: { authorization: null } } : {}),
  })
}
