import { randomUUID } from 'node:crypto'
import { constants, copyFile, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunFolder } from './run-folder.js'

/**
 * Makes this process the owner of a run until the returned function is called. The lock of a process that is no longer
 * there is taken over. Owners are processes of one machine: a run folder is not to be written from two machines at once.
 *
 * @throws {Error} naming the run, and the owner's process id if a living process owns it: nothing is wrong with what was asked
 */
export function ownRun({ folder }: RunFolder): Promise<() => Promise<void>> {
  return ownFolder(folder, 'the run')
}

/** The process id that owns a run and is alive; undefined when nobody does. */
export async function runOwner({ folder }: RunFolder): Promise<number | undefined> {
  return livingOwner(await textOf(join(folder, LOCK)))
}

/** The file by which a folder is owned; what else begins with its name are its drafts. */
export const LOCK = 'lock'

/**
 * Makes this process the owner of any folder that one process at a time may write, as `ownRun` does of a run's.
 *
 * @param what what is in the folder, for the error
 * @throws {Error} as `ownRun`
 */
export async function ownFolder(folder: string, what: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true })
  const lock = join(folder, LOCK)
  const owned = { folder, what }
  if (!(await claim(lock))) await takeOver(owned, lock)
  return () => rm(lock, { force: true })
}

interface Owned {
  readonly folder: string
  readonly what: string
}

/**
 * Removes a dead owner's lock and claims it. Two processes that find the same dead lock must not both remove it, else
 * the slower one removes the lock that the faster one has just claimed: who removes holds a lock for that, and a lock is
 * only removed while it says what was read in it.
 */
async function takeOver(owned: Owned, lock: string): Promise<void> {
  await refuseLiving(owned, lock)
  const turn = `${lock}.taking-over`
  if (!(await claim(turn))) {
    await removeDead(owned, turn)
    if (!(await claim(turn))) throw tooLate(owned)
  }
  try {
    await removeDead(owned, lock)
    if (!(await claim(lock))) throw tooLate(owned)
  } finally {
    await rm(turn, { force: true })
  }
}

/**
 * Removes the lock of a process that is no longer there. It is moved aside first, which of several processes one can do;
 * if it turns out that the lock of another one was moved, that one gets it back.
 */
async function removeDead(owned: Owned, lock: string): Promise<void> {
  const said = await refuseLiving(owned, lock)
  if (said === undefined || (await textOf(lock)) !== said) return
  const aside = `${lock}.${randomUUID()}`
  try {
    await rename(lock, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if ((await textOf(aside)) !== said) await giveName(aside, lock).catch(() => undefined)
  await rm(aside, { force: true })
}

/** What a lock says of somebody who is no longer there; undefined where there is no lock. */
async function refuseLiving(owned: Owned, lock: string): Promise<string | undefined> {
  const said = await textOf(lock)
  const owner = await livingOwner(said)
  if (owner !== undefined)
    throw new Error(`${owned.folder}: ${owned.what} is being written by process ${owner}; wait for it or stop it`)
  return said
}

function tooLate({ folder, what }: Owned): Error {
  return new Error(`${folder}: another process took ${what} over first`)
}

function textOf(lock: string): Promise<string | undefined> {
  return readFile(lock, 'utf8').catch(() => undefined)
}

/** Puts this process's name into a lock in one step, so that nobody ever reads a lock without a name. */
async function claim(lock: string): Promise<boolean> {
  const draft = `${lock}.${randomUUID()}`
  try {
    const handle = await open(draft, 'wx')
    await handle.writeFile(`${process.pid} ${await startOf(process.pid)}\n`)
    await handle.close()
    await giveName(draft, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** Gives a file a second name if nobody has that name; where a file system knows no second names, copies it. */
async function giveName(draft: string, lock: string): Promise<void> {
  try {
    await link(draft, lock)
  } catch (error) {
    if (!WITHOUT_LINKS.has((error as NodeJS.ErrnoException).code)) throw error
    await copyFile(draft, lock, constants.COPYFILE_EXCL)
  }
}

const WITHOUT_LINKS: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/** A lock names a process id and, where the system tells, when that process started: ids are given out again. */
async function livingOwner(said = ''): Promise<number | undefined> {
  const [id = '', started = ''] = said.trim().split(' ')
  const owner = Number.parseInt(id, 10)
  if (!Number.isInteger(owner) || owner <= 0 || !isAlive(owner)) return undefined
  const now = await startOf(owner)
  return started === '' || now === '' || started === now ? owner : undefined
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process started, in the kernel's ticks since boot; empty where there is no /proc. */
async function startOf(processId: number): Promise<string> {
  const status = await readFile(`/proc/${processId}/stat`, 'utf8').catch(() => '')
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
