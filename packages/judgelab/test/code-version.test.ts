import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeVersion, packageDigest } from '../src/study/code-version.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()

describe('codeVersion', () => {
  it('is the same for the same packages in any order, and another one for others', async () => {
    const both = await codeVersion(['core', 'scoring'])
    expect(both).toMatch(/^[0-9a-f]{64}$/)
    expect(await codeVersion(['scoring', 'core'])).toBe(both)
    expect(await codeVersion(['core'])).not.toBe(both)
    expect(await codeVersion(['core', 'stats'])).not.toBe(both)
  })

  it('knows judgelab itself', async () => {
    expect(await codeVersion(['judgelab'])).toMatch(/^[0-9a-f]{64}$/)
    expect(await codeVersion(['judgelab', 'core'])).not.toBe(await codeVersion(['core']))
  })

  it('sees a changed style and a changed script of the page, which are read where the code runs from', async () => {
    const root = newFolder()
    for (const folder of ['dist', 'src/page/client']) mkdirSync(join(root, folder), { recursive: true })
    const files = { 'dist/index.js': '1', 'src/page/report.css': '2', 'src/page/client/report.js': '3' }
    for (const [file, text] of Object.entries(files)) writeFileSync(join(root, file), text)
    const before = await packageDigest(root, 'dist')
    writeFileSync(join(root, 'src/index.ts'), 'not what runs')
    expect(await packageDigest(root, 'dist')).toBe(before)
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(root, file), `${text} changed`)
      expect(await packageDigest(root, 'dist'), file).not.toBe(before)
      writeFileSync(join(root, file), text)
    }
    expect(await packageDigest(root, 'dist')).toBe(before)
  })

  it('refuses a package that is not there', async () => {
    await expect(codeVersion(['nonesuch'])).rejects.toThrow('@judgelab/nonesuch')
  })
})
