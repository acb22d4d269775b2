import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatasetFormatError } from '@judgelab/core'
import { type Answer, ask, type Patience } from './http.js'

/** How far a download is. */
export interface DownloadProgress {
  readonly file: string
  readonly receivedBytes: number
  /** Absent where the server does not say. */
  readonly totalBytes?: number | undefined
}

/** What to fetch, where to put it, and how to know that it is right. */
export interface Download extends Patience {
  readonly url: string
  readonly target: string
  readonly token?: string | undefined
  readonly totalBytes?: number | undefined
  /** `sha256` of the bytes, or `git`: SHA-1 of the bytes as a git blob. Absent where nobody says. */
  readonly checksum?: { readonly kind: 'sha256' | 'git'; readonly value: string } | undefined
  /** Looks at the bytes before they take the file's name; of what it throws nothing is kept. */
  readonly inspect?: ((draft: string) => Promise<void>) | undefined
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined
}

/**
 * Downloads a file. Its bytes gather in `<target>.incomplete`, from which a broken download goes on, in this process or
 * a later one; size and checksum are verified before the file takes its name in one step.
 *
 * @throws {DatasetFormatError} for a wrong checksum, twice from the first byte, or a body that keeps breaking off
 * @throws {DownloadError} as `ask`
 * @throws what `inspect` throws
 */
export async function download(asked: Download): Promise<void> {
  const draft = `${asked.target}.incomplete`
  await mkdir(dirname(draft), { recursive: true })
  const wasBegun = (await sizeOf(draft)) > 0
  await gather(asked, draft)
  let found = await checksumOf(draft, asked.checksum?.kind)
  if (wasBegun && asked.checksum !== undefined && found !== asked.checksum.value) {
    // What was gathered before may belong to other bytes: once more from the first one.
    await rm(draft, { force: true })
    await gather(asked, draft)
    found = await checksumOf(draft, asked.checksum.kind)
  }
  if (asked.checksum !== undefined && found !== asked.checksum.value) {
    await rm(draft, { force: true })
    throw new DatasetFormatError(
      `expected bytes whose ${asked.checksum.kind} checksum is ${asked.checksum.value}, found ${found}; nothing was kept`,
      { file: asked.url },
    )
  }
  await asked.inspect?.(draft).catch(async (error: unknown) => {
    await rm(draft, { force: true })
    throw error
  })
  await rename(draft, asked.target)
}

/** Fetches what is missing, going on where the connection broke. */
async function gather(asked: Download, draft: string): Promise<void> {
  const { retries = 5, totalBytes } = asked
  let stuck = 0
  for (;;) {
    const before = await sizeOf(draft)
    if (totalBytes !== undefined && before === totalBytes && before > 0) return
    if (totalBytes !== undefined && before > totalBytes) await rm(draft, { force: true })
    const broken = await fetchRest(asked, draft, before)
    const after = await sizeOf(draft)
    if (broken === undefined && (totalBytes === undefined || after === totalBytes)) return
    stuck = after > before ? 0 : stuck + 1
    if (stuck > retries || broken === undefined)
      throw new DatasetFormatError(
        `expected ${totalBytes ?? 'all'} bytes, found ${after}${broken === undefined ? '' : ` (${broken.message})`}; the next attempt goes on from there`,
        { file: asked.url },
        { cause: broken },
      )
  }
}

/** One request for the bytes from `start`; the error that broke it off, if any. */
async function fetchRest(asked: Download, draft: string, start: number): Promise<Error | undefined> {
  const headers: Record<string, string> = start > 0 ? { range: `bytes=${start}-` } : {}
  const answer = await ask(asked.url, { ...asked, method: 'GET', headers })
  const { response, heard } = answer
  const goesOn = response.status === 206 && rangeStart(response) === start
  if (!response.ok || (response.status === 206 && !goesOn)) {
    // The range was refused or is another one: what we have is of no use.
    await response.body?.cancel()
    heard(true)
    await rm(draft, { force: true })
    return new Error(`the server does not go on from byte ${start}`)
  }
  const handle = await open(draft, goesOn ? 'a' : 'w')
  try {
    return await write(answer, goesOn ? start : 0, asked, (bytes) => handle.appendFile(bytes))
  } finally {
    heard(true)
    await handle.sync()
    await handle.close()
  }
}

async function write(
  { response, heard }: Answer,
  start: number,
  { url, target: _, totalBytes, onProgress }: Download,
  append: (bytes: Uint8Array) => Promise<void>,
): Promise<Error | undefined> {
  let receivedBytes = start
  const announced = response.headers.get('content-length')
  const promised = announced === null ? undefined : start + Number(announced)
  try {
    for await (const bytes of response.body ?? []) {
      heard()
      await append(bytes as Uint8Array)
      receivedBytes += (bytes as Uint8Array).byteLength
      onProgress?.({ file: url, receivedBytes, totalBytes: totalBytes ?? promised })
    }
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
  const short = promised !== undefined && receivedBytes < promised
  return short ? new Error(`the body broke off after ${receivedBytes} of ${promised} bytes`) : undefined
}

function rangeStart(response: Response): number | undefined {
  const found = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1]
  return found === undefined ? undefined : Number(found)
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined)
  return found?.size ?? 0
}

/** A file's checksum, in hexadecimal digits. */
export async function checksumOf(file: string, kind: 'sha256' | 'git' = 'sha256'): Promise<string> {
  const hash = createHash(kind === 'git' ? 'sha1' : 'sha256')
  if (kind === 'git') hash.update(`blob ${await sizeOf(file)}\0`)
  for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer)
  return hash.digest('hex')
}
