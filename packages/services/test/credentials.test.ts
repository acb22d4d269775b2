import { describe, expect, it } from 'vitest'
import { keyOf, pollUntil } from '../src/index.js'

describe('keyOf', () => {
  it('takes the provider’s own variable, or the one that is named', () => {
    expect(keyOf('together', { TOGETHER_API_KEY: 't', MINE: 'm' })).toBe('t')
    expect(keyOf('openai', { OPENAI_API_KEY: 'o', MINE: 'm' }, 'MINE')).toBe('m')
  })

  it.each([[{}], [{ OPENAI_API_KEY: ' ' }]])('names the variable that is not set: %j', (env) => {
    expect(() => keyOf('openai', env)).toThrow(
      'OPENAI_API_KEY: expected the key of openai in the environment, found it not set',
    )
  })
})

describe('pollUntil', () => {
  const counting = (): (() => Promise<number>) => {
    let looks = 0
    return async () => ++looks
  }

  it('gives up after so many looks, and says that the work goes on', async () => {
    const poll = { look: counting(), isDone: () => false, firstMs: 0, longestMs: 0, atMostLooks: 3, what: 'job j' }
    await expect(pollUntil(poll)).rejects.toThrow('job j is not done after 3 looks; what was submitted goes on')
  })

  it('stops with the signal’s reason while it waits', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const poll = {
      look: counting(),
      isDone: () => false,
      onLook: () => controller.abort(reason),
      firstMs: 60_000,
      longestMs: 60_000,
      signal: controller.signal,
      what: 'job j',
    }
    await expect(pollUntil(poll)).rejects.toBe(reason)
  })
})
