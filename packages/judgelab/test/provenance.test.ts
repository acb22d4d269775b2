import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectAt } from '@judgelab/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { gitState, softwareVersions, withoutEmulator } from '../src/study/provenance.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
afterEach(() => vi.unstubAllEnvs())

function git(cwd: string, ...words: readonly string[]): void {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.org']
  execFileSync('git', [...who, ...words], { cwd, stdio: 'ignore' })
}

function repository(): string {
  const root = newFolder()
  git(root, 'init')
  writeFileSync(join(root, 'a'), 'a')
  git(root, 'add', 'a')
  git(root, 'commit', '-m', 'a')
  return root
}

describe('gitState', () => {
  it('knows the commit, and that files differ from it, however many they are', async () => {
    const root = repository()
    expect(await gitState(projectAt(root))).toMatchObject({ dirty: false })
    const name = 'x'.repeat(200)
    for (let at = 0; at < 6000; at++) writeFileSync(join(root, `${name}${at}`), '')
    expect(await gitState(projectAt(root))).toEqual({ commit: expect.stringMatching(/^[0-9a-f]{40}$/), dirty: true })
  })

  it('is null outside a repository, without a commit, and without git', async () => {
    const root = newFolder()
    vi.stubEnv('GIT_CEILING_DIRECTORIES', join(root, '..'))
    expect(await gitState(projectAt(root))).toBeNull()
    git(root, 'init')
    expect(await gitState(projectAt(root))).toBeNull()
    vi.stubEnv('PATH', root)
    expect(await gitState(projectAt(root))).toBeNull()
  })

  it('is an error where git fails for another reason', async () => {
    const root = repository()
    writeFileSync(join(root, '.git', 'index'), 'not an index')
    mkdirSync(join(root, 'b'))
    await expect(gitState(projectAt(root))).rejects.toThrow('git status')
  })
})

describe('softwareVersions', () => {
  const packages = readdirSync(fileURLToPath(new URL('../../', import.meta.url)))
  const names = packages.map((name) => (name === 'judgelab' ? name : `@judgelab/${name}`))

  it('names Node and every package, the emulator in a rehearsal only', async () => {
    const rehearsal = await softwareVersions({ isRehearsal: true })
    expect(rehearsal).toMatchObject({ node: process.versions.node, judgelab: '0.1.0' })
    expect(Object.keys(rehearsal).toSorted()).toEqual([...names, 'node'].toSorted())
    expect(await softwareVersions({ isRehearsal: false })).toEqual(withoutEmulator(rehearsal))
    expect(Object.keys(withoutEmulator(rehearsal))).toHaveLength(names.length)
  })
})
