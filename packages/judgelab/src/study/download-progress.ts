import type { DownloadProgress, FetchHub } from '@judgelab/datasets'
import type { StudyContext } from './context.js'

/**
 * Loads what may have to be fetched first: a download shows how far each file is, at what rate, and what time is left; it
 * stops with the study, and the next start goes on from the bytes that came. Nothing is said where nothing is fetched.
 */
export async function withDownloadProgress<Loaded>(
  { progress, signal }: Pick<StudyContext, 'progress' | 'signal'>,
  load: (hub: FetchHub) => Promise<Loaded>,
): Promise<Loaded> {
  let last: DownloadProgress | undefined
  const finish = (): void => {
    if (last !== undefined) progress.finish(`${kilobytes(last.receivedBytes)} kB`)
  }
  const onProgress = (now: DownloadProgress): void => {
    if (last?.file !== now.file) {
      finish()
      progress.start(`Fetching ${now.file}`)
    }
    last = now
    progress.advance(kilobytes(now.receivedBytes), kilobytes(now.totalBytes ?? now.receivedBytes), 'kB')
  }
  const loaded = await load({ signal, onProgress })
  finish()
  return loaded
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000)
}
