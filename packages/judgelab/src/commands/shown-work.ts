import { createProgress, type Progress } from '../terminal/progress.js'
import { stoppable } from './stop-signal.js'

/** Does work that shows on standard error how far it is, and that Ctrl-C stops cleanly. */
export function shownWork<T>(
  work: (told: { readonly progress: Progress; readonly signal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const progress = createProgress(process.stderr)
  return stoppable(async (signal) => {
    try {
      return await work({ progress, signal })
    } catch (error) {
      progress.clear()
      throw signal.aborted ? signal.reason : error
    }
  })
}
