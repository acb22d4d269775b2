import Together from 'together-ai'

export type TogetherClient = Together

/** Together's SDK for files, jobs, evaluations and endpoints. `baseUrl` ends in `/v1`; absent, it is the service's own. */
export function createTogetherClient(options: {
  readonly apiKey: string
  readonly baseUrl?: string | undefined
}): TogetherClient {
  return new Together({
    apiKey: options.apiKey,
    ...(options.baseUrl === undefined ? {} : { baseURL: options.baseUrl }),
  })
}
