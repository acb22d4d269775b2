import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownRun, runFolder } from '@judgelab/core'
import { expect, it, vi } from 'vitest'
import { deadProcessId } from '../support/dead-process.js'
import { temporaryFolders } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()

/** Another process, which puts its own lock in the place of a dead one as soon as this process has read that. */
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>()
  let isTaken = false
  const readFile = async (file: string, encoding: 'utf8'): Promise<string> => {
    const text = await fs.readFile(file, encoding)
    if (file.endsWith('.taking-over') && !isTaken) {
      isTaken = true
      writeFileSync(file, `${process.ppid}\n`)
    }
    return text
  }
  return { ...fs, readFile }
})

it('never removes the lock of a process that came between reading and removing', async () => {
  const run = runFolder(newFolder(), 'run-1')
  mkdirSync(run.folder)
  const dead = `${deadProcessId()}\n`
  for (const name of ['lock', 'lock.taking-over']) writeFileSync(join(run.folder, name), dead)
  await expect(ownRun(run)).rejects.toThrow(`${run.folder}: another process took the run over first`)
  expect(readFileSync(join(run.folder, 'lock.taking-over'), 'utf8')).toBe(`${process.ppid}\n`)
  expect(readdirSync(run.folder)).toEqual(['lock', 'lock.taking-over'])
})
