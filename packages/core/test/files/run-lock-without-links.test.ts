import { readdirSync } from 'node:fs'
import { ownRun, runFolder, runOwner } from '@judgelab/core'
import { describe, expect, it, vi } from 'vitest'
import { temporaryFolders } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()

/** A file system that gives no file a second name, as exFAT and some network drives. */
vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  link: () => Promise.reject(Object.assign(new Error('EPERM: operation not permitted, link'), { code: 'EPERM' })),
}))

describe('ownRun on a file system without links', () => {
  it('owns, refuses and releases as on any other', async () => {
    const run = runFolder(newFolder(), 'run-1')
    const release = await ownRun(run)
    expect(await runOwner(run)).toBe(process.pid)
    await expect(ownRun(run)).rejects.toThrow(`process ${process.pid}`)
    expect(readdirSync(run.folder)).toEqual(['lock'])
    await release()
    expect(readdirSync(run.folder)).toEqual([])
  })
})
