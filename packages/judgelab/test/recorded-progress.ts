import type { Progress } from '../src/index.js'

/** A progress that keeps what each step came to: `Split: ran` or `Split: unchanged`; and apart, how far each said it was. */
export function recordedProgress(): {
  readonly progress: Progress
  readonly lines: string[]
  readonly advances: string[]
} {
  const lines: string[] = []
  const advances: string[] = []
  let title = ''
  return {
    lines,
    advances,
    progress: {
      start: (text) => {
        title = text
      },
      advance: (done, total, unit) => void advances.push(`${title}: ${done}/${total} ${unit}`),
      say: () => undefined,
      finish: () => void lines.push(`${title}: ran`),
      unchanged: (text) => void lines.push(`${text}: unchanged`),
      clear: () => undefined,
    },
  }
}
