import type { DownloadProgress, FetchHub, Watched } from '@judgelab/datasets'
import type { StudyContext } from './context.js'

/**
 * Loads what may be large, and may have to be fetched first: the reading of files shows under the title how far it is, at
 * what rate, and what time is left, and so does a download, file by file, under its own. Both stop with the study; the next
 * start of a download goes on from the bytes that came. The title is begun and not finished: what was loaded is for the
 * caller to say.
 */
export async function withLoadProgress<Loaded>(
  context: Pick<StudyContext, 'progress' | 'signal'>,
  title: string,
  load: (watched: Watched & { readonly hub: FetchHub }) => Promise<Loaded>,
): Promise<Loaded> {
  const { progress, signal } = context
  let last: DownloadProgress | undefined
  const finishDownload = (): void => {
    if (last === undefined) return
    progress.finish(`${kilobytes(last.receivedBytes)} kB`)
    last = undefined
  }
  const onProgress = (now: DownloadProgress): void => {
    if (last?.file !== now.file) {
      finishDownload()
      progress.start(`Fetching ${now.file}`)
    }
    last = now
    progress.advance(kilobytes(now.receivedBytes), kilobytes(now.totalBytes ?? now.receivedBytes), 'kB')
  }
  const onRead = (readBytes: number, totalBytes: number): void => {
    if (last !== undefined) {
      finishDownload()
      progress.start(title)
    }
    progress.advance(kilobytes(readBytes), kilobytes(totalBytes), 'kB')
  }
  signal.throwIfAborted()
  progress.start(title)
  const loaded = await load({ signal, onRead, hub: { signal, onProgress } })
  finishDownload()
  return loaded
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1000)
}
