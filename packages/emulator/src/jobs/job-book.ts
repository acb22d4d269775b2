import { createHash } from 'node:crypto'
import type { Clocked } from './progress.js'

/** A job of some service, by its id. */
export interface Job extends Clocked {
  readonly id: string
}

/** The jobs of one kind. Records are replaced, never changed. */
export interface JobBook<T extends Job> {
  readonly add: (make: (id: string) => T) => T
  readonly find: (id: string) => T | undefined
  /** As `find`, and counts a look. */
  readonly look: (id: string) => T | undefined
  readonly update: (id: string, changes: Partial<Omit<T, 'id'>>) => T | undefined
  readonly remove: (id: string) => boolean
  /** Oldest first. */
  readonly list: () => readonly T[]
}

/** An empty book. Ids are made from how many jobs came before. */
export function createJobBook<T extends Job>(prefix: string): JobBook<T> {
  const jobs = new Map<string, T>()
  let count = 0
  const update = (id: string, changes: object): T | undefined => {
    const job = jobs.get(id)
    if (job === undefined) return undefined
    const changed = { ...job, ...changes }
    jobs.set(id, changed)
    return changed
  }
  return {
    add: (make) => {
      const digest = createHash('sha256').update(`${prefix} ${count++}`).digest('hex')
      const job = make(`${prefix}${digest.slice(0, 8)}-${digest.slice(8, 12)}-${digest.slice(12, 24)}`)
      jobs.set(job.id, job)
      return job
    },
    find: (id) => jobs.get(id),
    look: (id) => update(id, { looks: (jobs.get(id)?.looks ?? 0) + 1 }),
    update,
    remove: (id) => jobs.delete(id),
    list: () => [...jobs.values()],
  }
}
