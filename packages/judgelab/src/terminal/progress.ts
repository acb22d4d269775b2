import { Presets, SingleBar } from 'cli-progress'
import { colorsFor } from './colors.js'

/** Where a study tells what it does. */
export interface Progress {
  readonly start: (title: string) => void
  /** How far the step is; `unit` is what is counted, `note` what else there is to know. */
  readonly advance: (done: number, total: number, unit: string, note?: string) => void
  /** A word on what the step is waiting for. */
  readonly say: (line: string) => void
  readonly finish: (line: string) => void
  readonly unchanged: (title: string) => void
  /** Ends a half-drawn bar, so that other text may follow. */
  readonly clear: () => void
}

/** A bar with rate and time left on a terminal; plain lines elsewhere (pipes, CI). Colours only where they are wanted. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY && !process.env.CI ? barProgress(stream) : lineProgress(stream)
}

/** A study that tells nobody. */
export const silentProgress: Progress = {
  start: () => undefined,
  advance: () => undefined,
  say: () => undefined,
  finish: () => undefined,
  unchanged: () => undefined,
  clear: () => undefined,
}

/** A count of one thing within a step. What was done when it began (by an earlier start) says nothing of the rate. */
interface Count {
  readonly unit: string
  readonly total: number
  readonly from: number
  readonly since: number
}

/** Things a second; undefined while too little was seen. */
function rateOf({ from, since }: Count, done: number): number | undefined {
  const seconds = (performance.now() - since) / 1000
  return seconds > 0.05 && done > from ? (done - from) / seconds : undefined
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  const colors = colorsFor(stream)
  let drawn: { readonly bar: SingleBar; readonly count: Count } | undefined
  let title = ''
  let isBegun = false
  let lastTold = 0
  const clear = (): void => {
    drawn?.bar.stop()
    drawn = undefined
  }
  return {
    start: (text) => {
      clear()
      stream.write(`${isBegun ? CLEAR_LINE : ''}${colors.dim('·')} ${text}`)
      title = text
      isBegun = true
    },
    advance: (done, total, unit, note = '') => {
      if (drawn?.count.unit !== unit || drawn.count.total !== total) {
        clear()
        stream.write('\r')
        drawn = { bar: newBar(stream), count: { unit, total, from: done, since: performance.now() } }
        drawn.bar.start(total, done, { title, unit, speed: '', left: '', note: '' })
      }
      const now = performance.now()
      if (done < total && now - lastTold < TOLD_EVERY_MS) return
      lastTold = now
      const rate = rateOf(drawn.count, done)
      drawn.bar.update(done, {
        note: note === '' ? '' : `; ${note}`,
        ...(rate === undefined ? {} : { speed: ` ${speedText(rate)}`, left: leftText(rate, total - done) }),
      })
    },
    say: (line) => {
      clear()
      stream.write(`${CLEAR_LINE}${colors.dim('·')} ${title}: ${line}`)
    },
    finish: (line) => {
      clear()
      stream.write(`${CLEAR_LINE}${colors.green('✓')} ${title}: ${line}\n`)
      isBegun = false
    },
    unchanged: (text) => {
      clear()
      stream.write(`${isBegun ? CLEAR_LINE : ''}${colors.dim(`= ${text}: unchanged`)}\n`)
      isBegun = false
    },
    clear: () => {
      clear()
      if (isBegun) stream.write('\n')
      isBegun = false
    },
  }
}

/** Ten times a second is what an eye sees; a million pairs are told one by one. */
const TOLD_EVERY_MS = 100

const CLEAR_LINE = '\r\u001b[2K'

function newBar(stream: NodeJS.WriteStream): SingleBar {
  return new SingleBar(
    {
      stream,
      format: '· {title} {bar} {value}/{total} {unit}{speed}{left}{note}',
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      barsize: 24,
    },
    Presets.shades_grey,
  )
}

function speedText(rate: number): string {
  return rate >= 10 ? `${Math.round(rate)}/s` : `${rate.toFixed(1)}/s`
}

function leftText(rate: number, missing: number): string {
  const seconds = Math.ceil(missing / rate)
  return seconds < 120 ? `, ${seconds} s left` : `, ${Math.ceil(seconds / 60)} min left`
}

/** At most one line in this time, so that a log stays readable. */
const LINE_EVERY_MS = 5000

function lineProgress(stream: NodeJS.WriteStream): Progress {
  const colors = colorsFor(stream)
  let title = ''
  let said = ''
  let count: Count | undefined
  let lastLine = 0
  return {
    start: (text) => {
      title = text
      count = undefined
      lastLine = performance.now()
    },
    advance: (done, total, unit, note = '') => {
      const now = performance.now()
      if (count?.unit !== unit || count.total !== total) count = { unit, total, from: done, since: now }
      if (now - lastLine < LINE_EVERY_MS) return
      lastLine = now
      const rate = rateOf(count, done)
      const pace = rate === undefined ? '' : `, ${speedText(rate)}${leftText(rate, total - done)}`
      stream.write(`  ${title}: ${done}/${total} ${unit}${pace}${note === '' ? '' : `; ${note}`}\n`)
    },
    say: (line) => {
      if (line === said) return
      said = line
      stream.write(`  ${title}: ${line}\n`)
    },
    finish: (line) => {
      stream.write(`${colors.green('✓')} ${title}: ${line}\n`)
    },
    unchanged: (text) => {
      stream.write(`= ${text}: unchanged\n`)
    },
    clear: () => undefined,
  }
}
