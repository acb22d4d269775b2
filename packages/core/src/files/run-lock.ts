import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError } from '../errors.js'
import type { RunFolder } from './run-folder.js'

/**
 * Makes this process the owner of a run until the returned function is called. The lock of a process that is no longer
 * there is taken over.
 *
 * @throws {ConfigError} naming the owner's process id if a living process owns the run
 */
export async function ownRun(run: RunFolder): Promise<() => Promise<void>> {
  await mkdir(run.folder, { recursive: true })
  const lock = lockFile(run)
  if (!(await claim(lock))) {
    const owner = await runOwner(run)
    if (owner !== undefined)
      throw new ConfigError(`the run is being written by process ${owner}; wait for it or stop it`, run.folder)
    await rm(lock, { force: true })
    if (!(await claim(lock))) throw new ConfigError('another process took the run over first', run.folder)
  }
  return () => rm(lock, { force: true })
}

/** The process id that owns a run and is alive; undefined when nobody does. */
export async function runOwner(run: RunFolder): Promise<number | undefined> {
  const text = await readFile(lockFile(run), 'utf8').catch(() => '')
  const owner = Number.parseInt(text, 10)
  return Number.isInteger(owner) && isAlive(owner) ? owner : undefined
}

function lockFile(run: RunFolder): string {
  return join(run.folder, 'lock')
}

async function claim(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx')
    await handle.writeFile(`${process.pid}\n`)
    await handle.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
