import { Presets, SingleBar } from 'cli-progress'
import pc from 'picocolors'

/** Where a study tells what it does. */
export interface Progress {
  readonly start: (title: string) => void
  /** How far the step is; `unit` is what is counted. */
  readonly advance: (done: number, total: number, unit: string) => void
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
  finish: () => undefined,
  unchanged: () => undefined,
  clear: () => undefined,
}

function barProgress(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | undefined
  let title = ''
  const clear = (): void => {
    bar?.stop()
    bar = undefined
  }
  return {
    start: (text) => {
      title = text
      stream.write(`${pc.dim('·')} ${title}`)
    },
    advance: (done, total, unit) => {
      if (bar === undefined) {
        stream.write('\r')
        bar = newBar(stream)
        bar.start(total, 0, { title, unit, rate: '' })
      }
      bar.update(done, { rate: rateText(bar, done) })
    },
    finish: (line) => {
      clear()
      stream.write(`\r\u001b[2K${pc.green('✓')} ${title}: ${line}\n`)
    },
    unchanged: (text) => {
      stream.write(`${pc.dim(`= ${text}: unchanged`)}\n`)
    },
    clear: () => {
      if (bar) clear()
      stream.write('\n')
    },
  }
}

function newBar(stream: NodeJS.WriteStream): SingleBar {
  return new SingleBar(
    {
      stream,
      format: '· {title} {bar} {value}/{total} {unit} {rate}, {eta_formatted} left',
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
      barsize: 24,
      etaBuffer: 200,
    },
    Presets.shades_grey,
  )
}

const startedAt = new WeakMap<SingleBar, number>()

function rateText(bar: SingleBar, done: number): string {
  const now = performance.now()
  const started = startedAt.get(bar) ?? now
  startedAt.set(bar, started)
  const seconds = (now - started) / 1000
  return seconds > 0.05 ? `${Math.round(done / seconds)}/s` : ''
}

/** At most one line in this time, so that a log stays readable. */
const LINE_EVERY_MS = 5000

function lineProgress(stream: NodeJS.WriteStream): Progress {
  let title = ''
  let started = 0
  let lastLine = 0
  return {
    start: (text) => {
      title = text
      started = performance.now()
      lastLine = started
    },
    advance: (done, total, unit) => {
      const now = performance.now()
      if (now - lastLine < LINE_EVERY_MS) return
      lastLine = now
      const rate = done / ((now - started) / 1000)
      const left = Math.ceil((total - done) / rate)
      stream.write(`  ${title}: ${done}/${total} ${unit}, ${Math.round(rate)}/s, ${left} s left\n`)
    },
    finish: (line) => {
      stream.write(`${pc.green('✓')} ${title}: ${line}\n`)
    },
    unchanged: (text) => {
      stream.write(`= ${text}: unchanged\n`)
    },
    clear: () => undefined,
  }
}
