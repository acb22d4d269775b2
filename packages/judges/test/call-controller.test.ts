import { describe, expect, it } from 'vitest'
import { createCallController } from '../src/run/call-controller.js'

describe('createCallController', () => {
  it('tells who listens, once, and keeps the first reason', () => {
    const { signal, abort } = createCallController()
    const told: string[] = []
    const gone = (): void => void told.push('gone')
    signal.addEventListener('abort', gone)
    signal.addEventListener('abort', () => told.push('here'))
    signal.removeEventListener('abort', gone)
    expect([signal.aborted, signal.reason]).toEqual([false, undefined])
    abort()
    const { reason } = signal
    expect([signal.aborted, (reason as Error).name, told]).toEqual([true, 'AbortError', ['here']])
    abort()
    expect([signal.reason, told]).toEqual([reason, ['here']])
  })
})
