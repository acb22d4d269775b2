import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { DatasetFormatError } from '@judgelab/core'

/** Told after each piece of a file how many more of its bytes were read. */
export type OnBytes = (bytes: number) => void

const CHUNK_BYTES = 1 << 20

/**
 * The bytes of a file, a megabyte at a time, unpacked where its name ends in `.gz`. A chunk is good only until the next
 * one is asked for.
 *
 * @param onBytes told how many bytes of the file were read for each chunk, packed as they are
 * @throws {DatasetFormatError} if the file cannot be read
 */
export async function* fileChunks(file: string, onBytes?: OnBytes): AsyncGenerator<Buffer> {
  try {
    yield* file.endsWith('.gz') ? unpackedChunks(file, onBytes) : plainChunks(file, onBytes)
  } catch (cause) {
    if (cause instanceof DatasetFormatError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatasetFormatError(`expected a readable file, found none (${reason})`, { file }, { cause })
  }
}

async function* plainChunks(file: string, onBytes: OnBytes | undefined): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r')
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES)
      if (bytesRead === 0) return
      onBytes?.(bytesRead)
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

async function* unpackedChunks(file: string, onBytes: OnBytes | undefined): AsyncGenerator<Buffer> {
  const packed = createReadStream(file)
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES })
  packed.on('error', (error) => unpacked.destroy(error))
  try {
    let told = 0
    for await (const chunk of packed.pipe(unpacked)) {
      onBytes?.(packed.bytesRead - told)
      told = packed.bytesRead
      yield chunk as Buffer
    }
  } finally {
    packed.destroy()
  }
}
