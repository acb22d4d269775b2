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
  /** In place of the global one. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** OpenAI's SDK. It sends a request once: who calls it knows what may be sent again. */
export function createOpenAiClient(reached: OpenAiReached): OpenAiClient {
  const { apiKey, baseUrl, query, organization, project, fetch } = reached
  return new OpenAI({
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: organization ?? null,
    project: project ?? null,
    maxRetries: 0,
    logLevel: 'off',
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    ...(query === undefined ? {} : { defaultQuery: query }),
    ...(fetch === undefined ? {} : { fetch }),
    defaultHeaders: keyHeaders(reached),
  })
}

/** Null takes away the header that the SDK would send. */
function keyHeaders({
  apiKey,
  keyHeader = 'authorization',
}: Pick<OpenAiReached, 'apiKey' | 'keyHeader'>): Record<string, string | null> {
  if (apiKey === undefined) return { authorization: null }
  return keyHeader === 'authorization' ? {} : { authorization: null, [keyHeader]: apiKey }
}
