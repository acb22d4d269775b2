import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createProgress } from '../src/index.js'
import { outputStream } from './output-stream.js'

const ESCAPE = '\u001b'

beforeEach(() => {
  for (const name of ['CI', 'NO_COLOR', 'FORCE_COLOR']) vi.stubEnv(name, undefined)
  vi.stubEnv('TERM', 'xterm-256color')
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'setInterval', 'clearTimeout', 'clearInterval', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

describe('progress where there is no terminal', () => {
  it('is plain lines: what was done, and what was unchanged', () => {
    const { stream, text } = outputStream(false)
    const progress = createProgress(stream)
    progress.start('Split')
    progress.finish('3 and 2 examples')
    progress.unchanged('Results')
    progress.clear()
    expect(text()).toBe('✓ Split: 3 and 2 examples\n= Results: unchanged\n')
  })

  it('has no escape codes in CI either, nor when colours are forced elsewhere', () => {
    vi.stubEnv('CI', 'true')
    for (const isTTY of [false, true]) {
      vi.stubEnv('NO_COLOR', isTTY ? '1' : undefined)
      const { stream, text } = outputStream(isTTY)
      const progress = createProgress(stream)
      progress.start('Split')
      progress.advance(1, 2, 'examples')
      progress.finish('done')
      expect(text()).toBe('✓ Split: done\n')
    }
  })

  it('says how far a long step is, with rate and time left, at most every five seconds', () => {
    const { stream, text } = outputStream(false)
    const progress = createProgress(stream)
    progress.start('Judging')
    for (let done = 1; done <= 120; done++) {
      vi.advanceTimersByTime(100)
      progress.advance(done, 600, 'judgments')
    }
    expect(text()).toBe('  Judging: 50/600 judgments, 10/s, 55 s left\n  Judging: 100/600 judgments, 10/s, 50 s left\n')
  })

  it('does not count what an earlier start did into the rate', () => {
    const { stream, text } = outputStream(false)
    const progress = createProgress(stream)
    progress.start('Judging')
    progress.advance(501, 600, 'judgments')
    vi.advanceTimersByTime(10_000)
    progress.advance(521, 600, 'judgments')
    expect(text()).toBe('  Judging: 521/600 judgments, 2.0/s, 40 s left\n')
  })

  it('never speaks of infinite time', () => {
    const { stream, text } = outputStream(false)
    const progress = createProgress(stream)
    progress.start('Judging')
    vi.advanceTimersByTime(6000)
    progress.advance(0, 600, 'judgments')
    expect(text()).toBe('  Judging: 0/600 judgments\n')
  })
})

describe('progress on a terminal', () => {
  it('is a bar with rate and time left, which makes room for the line at the end', () => {
    const { stream, text } = outputStream(true)
    const progress = createProgress(stream)
    progress.start('Judging')
    for (let done = 1; done <= 50; done++) {
      vi.advanceTimersByTime(100)
      progress.advance(done, 100, 'judgments')
    }
    expect(text()).toMatch(/· Judging [█▓▒░]+ 4\d\/100 judgments 10\/s, \d s left/)
    progress.finish('100 judgments')
    expect(text().endsWith(`${ESCAPE}[32m✓${ESCAPE}[39m Judging: 100 judgments\n`)).toBe(true)
  })

  it('starts another bar when another thing is counted', () => {
    const { stream, text } = outputStream(true)
    const progress = createProgress(stream)
    progress.start('Tuning')
    progress.advance(1, 5000, 'pairs read')
    vi.advanceTimersByTime(1000)
    progress.advance(2, 40, 'steps')
    vi.advanceTimersByTime(1000)
    progress.advance(20, 40, 'steps')
    expect(text()).toMatch(/1\/5000 pairs read/)
    expect(text()).toMatch(/2\/40 steps/)
    expect(text()).not.toMatch(/\/5000 steps|\/40 pairs/)
    progress.clear()
  })

  it('has no colours where NO_COLOR is set or the terminal is dumb', () => {
    for (const [name, value] of [
      ['NO_COLOR', '1'],
      ['TERM', 'dumb'],
    ] as const) {
      vi.stubEnv(name, value)
      const { stream, text } = outputStream(true)
      const progress = createProgress(stream)
      progress.start('Split')
      progress.finish('done')
      progress.unchanged('Results')
      expect(text()).not.toMatch(new RegExp(`${ESCAPE}\\[\\d+m`))
      expect(text()).toContain('✓ Split: done\n')
      vi.stubEnv(name, undefined)
    }
  })
})

describe('a step that turns out to be unchanged', () => {
  it('takes the place of its own bar', () => {
    const { stream, text } = outputStream(true)
    const progress = createProgress(stream)
    progress.start('Preference pairs')
    progress.unchanged('Preference pairs')
    progress.unchanged('Results')
    const plain = text().replaceAll(`${ESCAPE}[2m`, '').replaceAll(`${ESCAPE}[22m`, '')
    expect(plain).toBe(`· Preference pairs\r${ESCAPE}[2K= Preference pairs: unchanged\n= Results: unchanged\n`)
  })
})
