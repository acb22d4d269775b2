import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError, ownRun, type RunFolder, runFolder, runOwner } from '@judgelab/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { deadProcessId } from '../support/dead-process.js'
import { temporaryFolders } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()

function newRun(): RunFolder {
  return runFolder(newFolder(), 'run-1')
}

/** A run whose lock holds the given text. */
function lockedRun(lock: string): RunFolder {
  const run = newRun()
  mkdirSync(run.folder)
  writeFileSync(join(run.folder, 'lock'), lock)
  return run
}

/** The id of another process that lives until the test is over. */
async function livingProcessId(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'spawn')
  return child.pid as number
}

describe('ownRun', () => {
  it('makes this process the owner until it is released, and leaves nothing behind', async () => {
    const run = newRun()
    const release = await ownRun(run)
    expect(await runOwner(run)).toBe(process.pid)
    expect(readdirSync(run.folder)).toEqual(['lock'])
    await release()
    expect(await runOwner(run)).toBeUndefined()
    expect(readdirSync(run.folder)).toEqual([])
    await (await ownRun(run))()
  })

  it('refuses a run that a living process owns, naming its id and what to do', async () => {
    const owner = await livingProcessId()
    const run = lockedRun(`${owner}\n`)
    const failure = await ownRun(run).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ConfigError)
    expect((failure as ConfigError).path).toBe(run.folder)
    expect((failure as Error).message).toContain(`being written by process ${owner}; wait for it or stop it`)
    expect(readFileSync(join(run.folder, 'lock'), 'utf8')).toBe(`${owner}\n`)
  })

  it('refuses to own twice in one process', async () => {
    const run = newRun()
    const release = await ownRun(run)
    await expect(ownRun(run)).rejects.toThrow(`process ${process.pid}`)
    await release()
  })

  it('takes over the lock of a process that is no longer there', async () => {
    const run = lockedRun(`${deadProcessId()}\n`)
    expect(await runOwner(run)).toBeUndefined()
    const release = await ownRun(run)
    expect(await runOwner(run)).toBe(process.pid)
    await release()
    expect(readdirSync(run.folder)).toEqual([])
  })

  it('takes over a lock that is empty or holds no process id', async () => {
    for (const text of ['', '\n', 'no number', '-1 0', '0']) {
      const run = lockedRun(text)
      await (await ownRun(run))()
      expect(readdirSync(run.folder), JSON.stringify(text)).toEqual([])
    }
  })

  it('takes over when a taking over was broken off', async () => {
    const run = lockedRun(`${deadProcessId()}\n`)
    writeFileSync(join(run.folder, 'lock.taking-over'), `${deadProcessId()}\n`)
    await (await ownRun(run))()
    expect(readdirSync(run.folder)).toEqual([])
  })

  it('lets a living process finish its taking over', async () => {
    const other = await livingProcessId()
    const run = lockedRun(`${deadProcessId()}\n`)
    writeFileSync(join(run.folder, 'lock.taking-over'), `${other}\n`)
    await expect(ownRun(run)).rejects.toThrow(`process ${other}`)
  })

  it.skipIf(!existsSync('/proc/self/stat'))(
    'knows a process id that was given out again from the one that locked',
    async () => {
      const other = await livingProcessId()
      const run = lockedRun(`${other} 1\n`) // what has this id now did not start one tick after boot
      expect(await runOwner(run)).toBeUndefined()
      await (await ownRun(run))()
    },
  )

  it('gives a run to one of many that want it at once, with and without a dead lock before', async () => {
    for (const run of [newRun(), lockedRun(`${deadProcessId()}\n`)]) {
      const tried = await Promise.allSettled(Array.from({ length: 20 }, () => ownRun(run)))
      const owners = tried.filter((result) => result.status === 'fulfilled')
      expect(owners).toHaveLength(1)
      expect(tried.filter((result) => result.status === 'rejected' && !(result.reason instanceof ConfigError))).toEqual(
        [],
      )
      await owners[0]?.value()
      expect(readdirSync(run.folder)).toEqual([])
    }
  })
})
