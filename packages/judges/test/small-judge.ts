import { JudgeCallError, type JudgeSpec, judgeId } from '@judgelab/core'
import { request as send } from 'undici'
import type { ServiceJudge } from '../src/index.js'

/** A judge behind the small service: 1 USD for 1,000 tokens, at most 100 in and 50 out a call. */
export function smallJudge(url: string, changes: Partial<ServiceJudge> = {}): ServiceJudge {
  const spec: JudgeSpec = {
    provider: 'openai-compatible',
    model: 'small',
    mode: 'pairwise',
    baseUrl: url,
    settings: {},
  }
  const id = judgeId(spec)
  return {
    name: 'small',
    id,
    spec,
    service: `openai-compatible ${url}`,
    limits: { concurrency: 4, timeoutSeconds: 3000 },
    prices: { input: 1000, output: 1000, source: 'made up' },
    compose: ({ prompt, slots }, repeat) => ({
      path: '/judge',
      body: { prompt, slots },
      json: JSON.stringify({ prompt, slots }),
      repeat,
      atMost: { inputTokens: 100, outputTokens: 50 },
    }),
    send: async ({ path, json }, { signal, turn }) => {
      if (turn !== undefined && !(await turn())) throw new Error('its turn did not come')
      const started = performance.now()
      const failure = (
        message: string,
        more: { readonly status?: number; readonly isRetryable: boolean; readonly retryAfterMs?: number | undefined },
        cause?: unknown,
      ): JudgeCallError => new JudgeCallError(message, { judgeId: id, ...more }, { cause })
      try {
        const reply = await send(`${url}${path}`, { method: 'POST', body: json, signal })
        const firstByteMs = performance.now() - started
        const said = await reply.body.text()
        if (reply.statusCode !== 200) {
          const after = reply.headers['retry-after']
          throw failure(`status ${reply.statusCode}`, {
            status: reply.statusCode,
            isRetryable: reply.statusCode === 429 || reply.statusCode >= 500,
            retryAfterMs: after === undefined ? undefined : Number(after) * 1000,
          })
        }
        return { body: JSON.parse(said) as unknown, firstByteMs, totalMs: performance.now() - started }
      } catch (error) {
        if (error instanceof JudgeCallError) throw error
        throw failure(error instanceof Error ? error.message : String(error), { isRetryable: true }, error)
      }
    },
    read: (reply) => {
      const { slot, usage } = reply as {
        slot: number | 'unreadable'
        usage: { inputTokens: number; outputTokens: number }
      }
      return slot === 'unreadable'
        ? { outcome: { kind: 'failed', reason: 'unparsed' }, usage }
        : { outcome: { kind: 'choice', slot }, raw: `[[${slot}]]`, usage }
    },
    ...changes,
  }
}
