import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { draftLines, saveJson, saveJsonl, saveText, toJsonl } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { temporaryFolders } from '../support/temporary-folder.js'

const newFolder = temporaryFolders()
const hasPrlimit = spawnSync('prlimit', ['--version']).status === 0

describe('saveJsonl', () => {
  it('writes what toJsonl gives, in several pieces, and tells how many lines are written', async () => {
    const file = join(newFolder(), 'lines.jsonl')
    const values = Array.from({ length: 5 }, (_, at) => ({ at, text: `ü\n${'x'.repeat(400_000)}` }))
    const told: number[] = []
    await saveJsonl(file, values, (written) => void told.push(written))
    expect(readFileSync(file, 'utf8')).toBe(toJsonl(values))
    expect(told).toEqual([3, 5])
  })

  it('writes an empty file for no values', async () => {
    const file = join(newFolder(), 'lines.jsonl')
    await saveJsonl(file, [])
    expect(readFileSync(file, 'utf8')).toBe('')
  })

  it('leaves what stood there when it is stopped between two pieces', async () => {
    const folder = newFolder()
    const file = join(folder, 'lines.jsonl')
    await saveText(file, 'old')
    const stopping = saveJsonl(file, ['x'.repeat(1 << 20), 'y'], () => {
      throw new Error('enough')
    })
    await expect(stopping).rejects.toThrow('could not be written (enough)')
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['lines.jsonl'])
  })
})

describe('draftLines', () => {
  it('gives a file its name when it is kept, with every line in order', async () => {
    const folder = newFolder()
    const file = join(folder, 'a', 'lines.jsonl')
    const lines = await draftLines(file)
    const values = Array.from({ length: 5000 }, (_, at) => ({ at, text: 'ü\u2028😀\n'.repeat(10) }))
    for (const value of values) lines.add(value)
    expect(readdirSync(join(folder, 'a'))).not.toContain('lines.jsonl')
    await lines.keep()
    await lines.close()
    expect(readFileSync(file, 'utf8')).toBe(values.map((value) => `${JSON.stringify(value)}\n`).join(''))
    expect(readdirSync(join(folder, 'a'))).toEqual(['lines.jsonl'])
  })

  it('leaves what stood there, and no draft, when it is not kept', async () => {
    const folder = newFolder()
    const file = join(folder, 'lines.jsonl')
    writeFileSync(file, 'old')
    const lines = await draftLines(file)
    lines.add({ text: 'x'.repeat(200_000) })
    await lines.close()
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['lines.jsonl'])
  })

  it.skipIf(!hasPrlimit)('says that the disk takes no more', async () => {
    const folder = newFolder()
    const file = join(folder, 'lines.jsonl')
    const lines = await draftLines(file)
    const failure = await withFileSizeLimit(65_536, async () => {
      try {
        for (let at = 0; at < 100; at++) lines.add('n'.repeat(10_000))
        return undefined
      } catch (error) {
        return error
      }
    })
    await lines.close()
    expect((failure as Error).message).toMatch(/lines\.jsonl could not be written \(EFBIG/)
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('saveText', () => {
  it('writes a new file, with the folders that it needs, and leaves no draft', async () => {
    const folder = newFolder()
    await saveText(join(folder, 'a', 'b', 'file.txt'), 'ü\n')
    expect(readFileSync(join(folder, 'a', 'b', 'file.txt'), 'utf8')).toBe('ü\n')
    expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['file.txt'])
  })

  it('replaces what stood there, by bytes too', async () => {
    const file = join(newFolder(), 'file.bin')
    await saveText(file, 'a much longer text than the next one')
    await saveText(file, new Uint8Array([0, 255]))
    expect([...readFileSync(file)]).toEqual([0, 255])
  })

  it.skipIf(!hasPrlimit)(
    'leaves the old file and no draft when the disk takes only a part of the new one',
    async () => {
      const folder = newFolder()
      const file = join(folder, 'file.txt')
      await saveText(file, 'old')
      const failure = await withFileSizeLimit(65_536, () =>
        saveText(file, 'n'.repeat(1_000_000)).catch((e: unknown) => e),
      )
      expect(failure).toMatchObject({ cause: { code: 'EFBIG' } })
      expect((failure as Error).message).toMatch(
        /file\.txt could not be written \(EFBIG.*\); what stood there before is unchanged/,
      )
      expect(readFileSync(file, 'utf8')).toBe('old')
      expect(readdirSync(folder)).toEqual(['file.txt'])
    },
  )

  it('leaves what stands there when it is no file and cannot be replaced', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'target'))
    writeFileSync(join(folder, 'target', 'kept'), 'kept')
    await expect(saveText(join(folder, 'target'), 'new')).rejects.toThrow('could not be written')
    expect(readdirSync(folder)).toEqual(['target'])
    expect(readFileSync(join(folder, 'target', 'kept'), 'utf8')).toBe('kept')
  })

  it('says why when the folder cannot be, and leaves the file that stands in its place', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'parent'), 'kept')
    const failure = await saveText(join(folder, 'parent', 'file.txt'), 'new').catch((error: unknown) => error)
    expect((failure as Error).message).toMatch(/parent.file\.txt could not be written \(E\w+/)
    expect((failure as Error).cause).toBeInstanceOf(Error)
    expect(readFileSync(join(folder, 'parent'), 'utf8')).toBe('kept')
  })

  it('lets several writers of one file each write it whole', async () => {
    const folder = newFolder()
    const file = join(folder, 'file.txt')
    const texts = Array.from({ length: 20 }, (_, n) => String(n).repeat(10_000))
    await Promise.all(texts.map((text) => saveText(file, text)))
    expect(texts).toContain(readFileSync(file, 'utf8'))
    expect(readdirSync(folder)).toEqual(['file.txt'])
  })
})

describe('saveJson', () => {
  it('writes indented JSON that ends with a newline', async () => {
    const file = join(newFolder(), 'value.json')
    await saveJson(file, { a: [1], b: undefined })
    expect(readFileSync(file, 'utf8')).toBe('{\n  "a": [\n    1\n  ]\n}\n')
  })
})

/** Makes every write of this process beyond some bytes of a file fail, as on a full disk, while the work lasts. */
async function withFileSizeLimit<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  const setLimit = (soft: string): void => {
    execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${soft}:`])
  }
  setLimit(String(bytes))
  try {
    return await work()
  } finally {
    setLimit('unlimited')
  }
}
