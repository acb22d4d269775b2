import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A file that was written. */
export interface WrittenFile {
  readonly bytes: number
  /** As `sha256sum` prints it. */
  readonly sha256: string
}

/**
 * Writes a file under another name and gives it its own when it is whole: nobody ever reads half of it.
 *
 * @param write writes the file at the path that it is given
 */
export async function writeWhole(file: string, write: (path: string) => Promise<void>): Promise<WrittenFile> {
  const part = `${file}.${process.pid}.part`
  await mkdir(dirname(file), { recursive: true })
  try {
    await write(part)
    const { size } = await stat(part)
    const sha256 = await fileSha256(part)
    await rename(part, file)
    return { bytes: size, sha256 }
  } finally {
    await rm(part, { force: true })
  }
}

/** Characters that are gathered before they are written. */
const GATHERED = 1 << 20

/** Writes texts one after another, about a megabyte at a time. */
export async function writeTexts(path: string, texts: AsyncIterable<string>): Promise<void> {
  const handle = await open(path, 'w')
  try {
    let gathered: string[] = []
    let length = 0
    const flush = async (): Promise<void> => {
      await handle.appendFile(gathered.join(''))
      gathered = []
      length = 0
    }
    for await (const text of texts) {
      gathered.push(text)
      length += text.length
      if (length >= GATHERED) await flush()
    }
    await flush()
  } finally {
    await handle.close()
  }
}

/** SHA-256 of a file’s bytes, as `sha256sum` prints it. */
export async function fileSha256(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(bytes as Buffer)
  return hash.digest('hex')
}
