import Together from 'together-ai'

export type TogetherClient = Together

/** Together's SDK for files, jobs, evaluations and endpoints. `baseUrl` ends in `/v1`; absent, it is the service's own. */
export function createTogetherClient(options: {
  readonly apiKey: string
  readonly baseUrl?: string | undefined
  /** How often the SDK itself sends a request again; 2 where nothing is said. */
  readonly maxRetries?: number | undefined
}): TogetherClient {
  return new Together({
    apiKey: options.apiKey,
    maxRetries: options.maxRetries ?? 2,
    ...(options.baseUrl === undefined ? {} : { baseURL: options.baseUrl }),
  })
}
