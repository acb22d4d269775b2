import OpenAI from 'openai'

export type OpenAiClient = OpenAI

/** How a server that speaks OpenAI's API for files and jobs is reached. */
export interface OpenAiReached {
  readonly apiKey: string | undefined
  /** Ends in `/v1` at OpenAI; absent, it is the service's own. */
  readonly baseUrl?: string | undefined
  /** Part of every address, like Azure's `api-version`. */
  readonly query?: Readonly<Record<string, string>> | undefined
  /** The header with the key; `authorization` has `Bearer ` before it. */
  readonly keyHeader?: 'authorization' | 'api-key' | undefined
  readonly organization?: string | undefined
  readonly project?: string | undefined
}

/** OpenAI's SDK for files and batches. It sends a request once: who calls it knows what may be sent again. */
export function createOpenAiClient(reached: OpenAiReached): OpenAiClient {
  const { apiKey, baseUrl, query, keyHeader = 'authorization', organization, project } = reached
  return new OpenAI({
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: organization ?? null,
    project: project ?? null,
    maxRetries: 0,
    logLevel: 'off',
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    ...(query === undefined ? {} : { defaultQuery: query }),
    ...(apiKey !== undefined && keyHeader === 'api-key'
      ? { defaultHeaders: { authorization: null, 'api-key': apiKey } }
      : {}),
  })
}
