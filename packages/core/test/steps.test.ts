import { describe, expect, it } from 'vitest'
import { finish, finishBreathing, type Steps } from '../src/index.js'

/** Steps of at least a millisecond each. */
function* slow(count: number): Steps<number> {
  for (let done = 0; done < count; done++) {
    for (const start = performance.now(); performance.now() - start < 1; );
    yield
  }
  return count
}

describe('finish', () => {
  it('gives what the steps come to', () => {
    expect(finish(slow(3))).toBe(3)
  })
})

describe('finishBreathing', () => {
  it('gives the same, and lets timers have their turn before it', async () => {
    const order: string[] = []
    setTimeout(() => order.push('timer'), 1)
    order.push(`done ${await finishBreathing(slow(150))}`)
    expect(order).toEqual(['timer', 'done 150'])
  })

  it('ends with the signal’s reason, and closes what the steps hold open', async () => {
    const controller = new AbortController()
    let closed = 0
    const stopping = function* (): Steps<number> {
      try {
        yield
        controller.abort(new Error('stopped'))
        yield
        return 1
      } finally {
        closed++
      }
    }
    await expect(finishBreathing(stopping(), controller.signal)).rejects.toThrow('stopped')
    expect(closed).toBe(1)
    await expect(finishBreathing(slow(1), controller.signal)).rejects.toThrow('stopped')
  })

  it('passes on what a step throws', async () => {
    const failing = function* (): Steps<number> {
      yield
      throw new Error('no')
    }
    await expect(finishBreathing(failing())).rejects.toThrow('no')
    expect(() => finish(failing())).toThrow('no')
  })
})
