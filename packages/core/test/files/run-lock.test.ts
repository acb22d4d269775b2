import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError, ownRun, type RunFolder, runFolder, runOwner } from '@judgelab/core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { deadProcessId } from '../support/dead-process.js'
import { temporaryFolders } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()

/** The id of a process that is no longer there. */
const DEAD = deadProcessId()

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
    expect(failure).toBeInstanceOf(Error)
    expect(failure).not.toBeInstanceOf(ConfigError) // nothing is wrong with what was asked: another exit code
    expect((failure as Error).message).toBe(
      `${run.folder}: the run is being written by process ${owner}; wait for it or stop it`,
    )
    expect(readFileSync(join(run.folder, 'lock'), 'utf8')).toBe(`${owner}\n`)
  })

  it('refuses to own twice in one process', async () => {
    const run = newRun()
    const release = await ownRun(run)
    await expect(ownRun(run)).rejects.toThrow(`process ${process.pid}`)
    await release()
  })

  it('takes over the lock of a process that is no longer there', async () => {
    const run = lockedRun(`${DEAD}\n`)
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
    const run = lockedRun(`${DEAD}\n`)
    writeFileSync(join(run.folder, 'lock.taking-over'), `${DEAD}\n`)
    await (await ownRun(run))()
    expect(readdirSync(run.folder)).toEqual([])
  })

  it('lets a living process finish its taking over', async () => {
    const other = await livingProcessId()
    const run = lockedRun(`${DEAD}\n`)
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

  it.each([
    ['no lock', () => newRun()],
    ['a dead lock', () => lockedRun(`${DEAD}\n`)],
    ['a dead lock and a taking over that was broken off', brokenOff],
  ])('gives a run to one of many that want it at once, with %s before', async (_, made) => {
    for (let round = 0; round < 20; round++) {
      const run = made()
      const tried = await Promise.allSettled(Array.from({ length: 20 }, () => ownRun(run)))
      const owners = tried.filter((result) => result.status === 'fulfilled')
      const refusals = tried.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []))
      expect(owners.length).toBe(1)
      for (const refusal of refusals) expect(refusal).toMatch(/being written by process|took the run over first/)
      await owners[0]?.value()
      expect(readdirSync(run.folder)).toEqual([])
    }
  })
})

function brokenOff(): RunFolder {
  const run = lockedRun(`${DEAD}\n`)
  writeFileSync(join(run.folder, 'lock.taking-over'), `${DEAD}\n`)
  return run
}
