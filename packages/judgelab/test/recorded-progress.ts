import type { Progress } from '../src/index.js'

/** A progress that keeps what each step came to: `Split: ran` or `Split: unchanged`. */
export function recordedProgress(): { readonly progress: Progress; readonly lines: string[] } {
  const lines: string[] = []
  let title = ''
  return {
    lines,
    progress: {
      start: (text) => {
        title = text
      },
      advance: () => undefined,
      say: () => undefined,
      finish: () => void lines.push(`${title}: ran`),
      unchanged: (text) => void lines.push(`${text}: unchanged`),
      clear: () => undefined,
    },
  }
}
