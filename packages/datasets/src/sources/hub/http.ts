import { setTimeout as delay } from 'node:timers/promises'
import { DownloadError } from '@judgelab/core'

/** How patiently to ask. */
export interface Patience {
  /** How often to ask again after a failure that may pass; defaults to 5. */
  readonly retries?: number | undefined
  /** The first wait, doubled each time; defaults to 500 ms. */
  readonly backoffMs?: number | undefined
  /** The longest wait that a server may ask for; defaults to 60 s. */
  readonly maxWaitMs?: number | undefined
  /** How long a server may say nothing; defaults to 30 s. */
  readonly silenceMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** A request as it went: the answer, and the headers of the redirects that led to it. */
export interface Answer {
  readonly response: Response
  readonly hops: readonly Headers[]
  /** Says that bytes came, so that the silence is counted anew; stops counting when done. */
  readonly heard: (isDone?: boolean) => void
}

interface Asked extends Patience {
  readonly method?: 'GET' | 'HEAD'
  readonly token?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
}

const PASSING: readonly number[] = [408, 429, 500, 502, 503, 504]
const MAX_REDIRECTS = 6

/**
 * Asks for a URL until it is answered: passing failures (429, 5xx, broken connections) are tried again, with the wait
 * that the server asks for. Redirects are followed; a token goes to the first origin only. A HEAD is not followed to
 * another origin: the Hub's own headers are what it is for.
 *
 * @throws {DownloadError} for 401, 403, 404 and other refusals, and when patience ends
 */
export async function ask(url: string, asked: Asked): Promise<Answer> {
  const { retries = 5, backoffMs = 500, maxWaitMs = 60_000 } = asked
  for (let attempt = 0; ; attempt++) {
    const answer = await attemptOnce(url, asked)
    if (!(answer instanceof Error)) {
      const { response } = answer
      const isRedirect = response.status >= 300 && response.status < 400
      if (response.ok || isRedirect || response.status === 416) return answer
      await response.body?.cancel()
      answer.heard(true)
      if (!PASSING.includes(response.status)) throw refusal(url, response.status, asked.token !== undefined)
    }
    const wait = answer instanceof Error ? undefined : waitAsked(answer.response)
    if (attempt >= retries || (wait !== undefined && wait > maxWaitMs))
      throw outOfPatience(url, answer, attempt + 1, wait)
    await delay(wait ?? backoffMs * 2 ** attempt, undefined, { signal: asked.signal })
  }
}

async function attemptOnce(url: string, asked: Asked): Promise<Answer | Error> {
  const silence = new AbortController()
  const { silenceMs = 30_000 } = asked
  const stop = (): void => silence.abort(new Error(`nothing came for ${silenceMs} ms`))
  let timer = setTimeout(stop, silenceMs)
  const heard = (isDone = false): void => {
    clearTimeout(timer)
    if (!isDone) timer = setTimeout(stop, silenceMs)
  }
  const signal = asked.signal === undefined ? silence.signal : AbortSignal.any([silence.signal, asked.signal])
  try {
    return { ...(await followed(url, asked, signal)), heard }
  } catch (error) {
    heard(true)
    if (asked.signal?.aborted) throw error
    if (error instanceof DownloadError) throw error
    return error instanceof Error ? error : new Error(String(error))
  }
}

async function followed(url: string, asked: Asked, signal: AbortSignal): Promise<Pick<Answer, 'response' | 'hops'>> {
  const { method = 'GET', token, headers = {} } = asked
  const hops: Headers[] = []
  let target = new URL(url)
  const { origin } = target
  for (;;) {
    const own = target.origin === origin && token !== undefined ? { authorization: `Bearer ${token}` } : {}
    const response = await fetch(target, {
      method,
      redirect: 'manual',
      signal,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'judgelab', ...headers, ...own },
    })
    hops.push(response.headers)
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) return { response, hops }
    const next = new URL(location, target)
    if (method === 'HEAD' && next.origin !== origin) return { response, hops }
    if (hops.length > MAX_REDIRECTS)
      throw new DownloadError(`expected at most ${MAX_REDIRECTS} redirects, found more`, { url })
    await response.body?.cancel()
    target = next
  }
}

/** `Retry-After`, in seconds or as a date, in milliseconds. */
function waitAsked(response: Response): number | undefined {
  const value = response.headers.get('retry-after')
  if (value === null) return undefined
  const seconds = Number(value)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined
}

function refusal(url: string, status: number, hasToken: boolean): DownloadError {
  const found = `found HTTP ${status}`
  if (status === 401 || status === 403)
    return new DownloadError(
      `expected access, ${found}: ${hasToken ? 'the token is wrong or has no access' : 'no token was sent (set HF_TOKEN)'}; a gated repository also wants its terms accepted on its page`,
      { url, status },
    )
  if (status === 404)
    return new DownloadError(`expected a file, ${found}: no such repository, revision or file there`, { url, status })
  return new DownloadError(`expected an answer, ${found}`, { url, status })
}

function outOfPatience(url: string, answer: Answer | Error, attempts: number, wait: number | undefined): DownloadError {
  const times = `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`
  if (answer instanceof Error) {
    const reason = answer.cause instanceof Error ? answer.cause.message : answer.message
    return new DownloadError(`expected an answer, found none in ${times} (${reason})`, { url }, { cause: answer })
  }
  const later = wait === undefined ? '' : `; it asks to wait ${Math.ceil(wait / 1000)} s`
  const { status } = answer.response
  return new DownloadError(`expected an answer, found HTTP ${status} in ${times}${later}`, { url, status })
}
