import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { TogetherClient } from '@judgelab/services'

/**
 * Downloads the weights of a finished job: an archive (`.tar.zst`) as the service makes it. The file stands under its name
 * only when it is whole.
 */
export async function downloadTogetherWeights(
  client: TogetherClient,
  jobId: string,
  file: string,
  checkpoint: 'merged' | 'adapter' = 'adapter',
): Promise<void> {
  const response = await client.fineTuning.content({ ft_id: jobId, checkpoint })
  if (response.body === null) throw new Error(`the weights of ${jobId} came without a body`)
  await mkdir(dirname(file), { recursive: true })
  const partial = `${file}.partial`
  try {
    await pipeline(Readable.fromWeb(response.body as never), createWriteStream(partial))
    await rename(partial, file)
  } finally {
    await rm(partial, { force: true })
  }
}
