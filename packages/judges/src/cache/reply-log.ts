import { randomUUID } from 'node:crypto'
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServiceReply } from '../judge.js'

/** Replies in files that are only appended to, each process having one of its own: one line of JSON a reply. */
export interface ReplyLog {
  /** Writes replies, by key, at once; the place of each is where it can be read again, by every process. */
  readonly append: (replies: ReadonlyMap<string, ServiceReply>) => Map<string, string>
  /** Undefined where the place does not hold a whole reply of this key: the machine went down before it was on the disk. */
  readonly read: (key: string, place: string) => ServiceReply | undefined
  readonly close: () => void
}

/** Opens the replies in a folder. Its own file is made when there is something to write. */
export async function openReplyLog(folder: string): Promise<ReplyLog> {
  await mkdir(folder, { recursive: true })
  const readers = new Map<string, number>()
  let own: OwnFile | undefined
  let end = 0

  const readerOf = (name: string): number => {
    const held = readers.get(name) ?? openSync(fileIn(folder, name), 'r')
    // The ones least recently used are closed first.
    readers.delete(name)
    readers.set(name, held)
    const [oldest] = readers
    if (readers.size > MOST_OPEN && oldest !== undefined) {
      closeSync(oldest[1])
      readers.delete(oldest[0])
    }
    return held
  }
  return {
    append: (replies) => {
      own ??= newFile(folder)
      const { name, file } = own
      const places = new Map<string, string>()
      const lines = Array.from(replies, ([key, reply]) => {
        const line = Buffer.from(`${JSON.stringify({ key, reply })}\n`)
        places.set(key, `${name} ${end} ${line.length}`)
        end += line.length
        return line
      })
      const bytes = Buffer.concat(lines)
      const start = end - bytes.length
      for (let written = 0; written < bytes.length; )
        written += writeSync(file, bytes, written, bytes.length - written, start + written)
      return places
    },
    read: (key, place) => {
      const [name = '', start, length] = place.split(' ')
      try {
        const line = Buffer.alloc(Number(length))
        readSync(readerOf(name), line, 0, line.length, Number(start))
        const held = JSON.parse(line.toString('utf8')) as { readonly key: string; readonly reply: ServiceReply }
        return held.key === key ? held.reply : undefined
      } catch (error) {
        if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    close: () => {
      for (const file of [...readers.values(), ...(own === undefined ? [] : [own.file])]) closeSync(file)
    },
  }
}

interface OwnFile {
  readonly name: string
  readonly file: number
}

/** The name is short, since every place has it; one that another process has is not taken. */
function newFile(folder: string): OwnFile {
  for (;;) {
    const name = randomUUID().slice(0, 8)
    try {
      return { name, file: openSync(fileIn(folder, name), 'wx') }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** Files that are held open for reading. */
const MOST_OPEN = 16

function fileIn(folder: string, name: string): string {
  return join(folder, `${name}.jsonl`)
}
