import { createHash } from 'node:crypto'
import type { Vendor } from '../models/model-profile.js'

/** A file that a client uploaded or a job wrote. */
export interface StoredFile {
  readonly id: string
  readonly vendor: Vendor
  readonly filename: string
  readonly purpose: string
  readonly begunMs: number
  /** Undefined until its bytes have come. */
  readonly content: Uint8Array | undefined
  readonly looks: number
  /** What goes wrong when the service looks through it. */
  readonly fault?: 'file-invalid' | 'file-failed' | undefined
}

/** The files of one emulator. */
export interface FileStore {
  /** Keeps a file; without content it is only a place for one. */
  readonly add: (file: Pick<StoredFile, 'vendor' | 'filename' | 'purpose' | 'content' | 'fault'>) => StoredFile
  readonly fill: (id: string, content: Uint8Array, fault?: StoredFile['fault']) => boolean
  readonly find: (id: string, vendor: Vendor) => StoredFile | undefined
  /** As `find`, and counts a look. */
  readonly look: (id: string, vendor: Vendor) => StoredFile | undefined
  readonly remove: (id: string, vendor: Vendor) => boolean
  /** Those whose bytes have come, oldest first. */
  readonly list: (vendor: Vendor) => readonly StoredFile[]
}

/** An empty store. Ids are made from how many files came before. */
export function createFileStore(now: () => number): FileStore {
  const files = new Map<string, StoredFile>()
  let count = 0
  const find: FileStore['find'] = (id, vendor) => {
    const file = files.get(id)
    return file?.vendor === vendor ? file : undefined
  }
  return {
    add: (given) => {
      const id = `file-${createHash('sha256').update(`file ${count++}`).digest('hex').slice(0, 24)}`
      const file: StoredFile = { ...given, id, begunMs: now(), looks: 0 }
      files.set(id, file)
      return file
    },
    fill: (id, content, fault) => {
      const file = files.get(id)
      if (file === undefined) return false
      files.set(id, { ...file, content, fault, begunMs: now() })
      return true
    },
    find,
    look: (id, vendor) => {
      const file = find(id, vendor)
      if (file === undefined) return undefined
      const seen = { ...file, looks: file.looks + 1 }
      files.set(id, seen)
      return seen
    },
    remove: (id, vendor) => find(id, vendor) !== undefined && files.delete(id),
    list: (vendor) => [...files.values()].filter((file) => file.vendor === vendor && file.content !== undefined),
  }
}
