import type { BatchTerms } from './batch-terms.js'
import { BYTES_A_TOKEN, MOST_OUT, roomLeft } from './room-left.js'

/** How many files requests fill, and in how many rounds these go out, each when the one before it is done. */
export interface FilesAndRounds {
  readonly files: number
  readonly rounds: number
}

/**
 * Fills files as the batch engine does, with requests that are all as long as the mean one. A file takes as many as
 * `terms.limits` allow; a round as many files as may be out at once, and tokens (bytes / 4) as may be enqueued. The engine
 * itself waits for one batch of a round to end, not for all of them: rounds that are ended unevenly take less time.
 *
 * @param requests count, integer, at least 0
 * @param bytes of all their lines together
 * @param enqueuedTokens that may be out at once; defaults to what the service says
 * @param mostOut batches out at once; defaults to the engine's 64
 */
export function filesAndRounds({
  requests,
  bytes,
  terms,
  enqueuedTokens = terms.enqueuedTokens ?? Number.POSITIVE_INFINITY,
  mostOut = MOST_OUT,
}: {
  readonly requests: number
  readonly bytes: number
  readonly terms: Pick<BatchTerms, 'limits' | 'enqueuedTokens'>
  readonly enqueuedTokens?: number | undefined
  readonly mostOut?: number | undefined
}): FilesAndRounds {
  const tokensEach = bytes / Math.max(1, requests) / BYTES_A_TOKEN
  let [waiting, files, rounds] = [requests, 0, 0]
  while (waiting > 0) {
    rounds++
    for (let [inRound, out] = [0, 0]; waiting > 0 && inRound < mostOut; inRound++) {
      const room = roomLeft({ enqueuedTokens, out, needed: tokensEach })
      if (room === undefined) break
      const held = Math.min(waiting, heldBy(room, tokensEach, terms.limits))
      waiting -= held
      out += held * tokensEach
      files++
    }
  }
  return { files, rounds }
}

/** Requests in one file that may have `room` tokens: at least one, however long. */
function heldBy(room: number, tokensEach: number, limits: BatchTerms['limits']): number {
  const tokens = Math.min(limits.bytes / BYTES_A_TOKEN, Math.floor(room))
  return Math.max(1, Math.min(limits.requests, Math.floor(tokens / tokensEach)))
}
