import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConfigError, digestText } from '@judgelab/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadStudy, runStudy, silentProgress } from '../src/index.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
afterEach(() => vi.unstubAllEnvs())

describe('loadStudy', () => {
  it('finds a study by its name, its path from here, or its whole path', async () => {
    const { root, notebooks } = smallProject(newFolder())
    mkdirSync(notebooks)
    const byName = await loadStudy('small', root)
    expect(byName).toMatchObject({ file: 'studies/small.yaml', study: { name: 'small' }, project: { root } })
    expect(await loadStudy('studies/small.yaml', root)).toEqual(byName)
    expect(await loadStudy('../studies/small.yaml', notebooks)).toEqual(byName)
    expect(await loadStudy('small', notebooks)).toEqual(byName)
    expect(await loadStudy(join(root, 'studies', 'small.yaml'), newFolder())).toEqual(byName)
  })

  it('takes a name for a name where a folder is called the same', async () => {
    const { root } = smallProject(newFolder())
    mkdirSync(join(root, 'small'))
    expect((await loadStudy('small', root)).file).toBe('studies/small.yaml')
  })

  it.each([
    ['smal', 'smal: expected a study file or the name of a study (small), found none'],
    ['studies/smal.yaml', 'studies/smal.yaml: expected a study file, found none'],
    ['studies', 'studies: expected a study file or the name of a study (small), found none'],
    ['folder', 'folder: expected a study file or the name of a study (small), found none'],
  ])('says that there is no %s', async (named, message) => {
    const { root, studies } = smallProject(newFolder())
    mkdirSync(join(studies, 'folder.yaml'))
    await expect(loadStudy(named, root)).rejects.toThrow(message)
  })

  it('names file, line and column of what is wrong', async () => {
    const { root, studies } = smallProject(newFolder())
    const file = join(studies, 'small.yaml')
    const text = readFileSync(file, 'utf8').replace('ties: wrong', 'ties: wrogn')
    writeFileSync(file, text)
    const line = text.split('\n').findIndex((held) => held.includes('wrogn')) + 1
    await expect(loadStudy('small', root)).rejects.toThrow(
      `studies/small.yaml:${line}:21: evaluation.ties: expected one of wrong, half, excluded, found "wrogn" (did you mean "wrong"?)`,
    )
  })

  it.each([
    ['bytes of UTF-16', [0xff, 0xfe], 'ff', 0],
    ['a letter of Latin-1', [0xfc], 'fc', 0],
    ['a character cut short', [0xef, 0xbf], '65', 2],
  ])('refuses a title with %s, naming line and offset', async (_, bytes, found, after) => {
    const { root, studies } = smallProject(newFolder())
    const file = join(studies, 'small.yaml')
    const text = readFileSync(file, 'utf8').replace('title: A small', 'title: \u00dcber @')
    const [before = '', rest = ''] = text.split('@').map((part) => part.trimStart())
    writeFileSync(file, Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(`e${rest}`)]))
    const at = Buffer.byteLength(before) + after
    await expect(loadStudy('small', root)).rejects.toThrow(
      `studies/small.yaml:3: expected text in UTF-8, found the byte ${found} at offset ${at}`,
    )
  })

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('says that a study may not be read', async () => {
    const { root, studies } = smallProject(newFolder())
    chmodSync(join(studies, 'small.yaml'), 0o000)
    await expect(loadStudy('small', root)).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('studies/small.yaml: expected a readable study file, found none (EACCES'),
    })
  })

  it.skipIf(process.platform !== 'linux')('says so of a file that fails while it is read', async () => {
    const { root, studies } = smallProject(newFolder())
    symlinkSync('/proc/self/mem', join(studies, 'odd.yaml')) // whose first bytes nobody may read
    await expect(loadStudy('odd', root)).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('studies/odd.yaml: expected a readable study file, found none (EIO'),
    })
  })

  it('refuses a notebook that there is not, with its line, before anything is run', async () => {
    const { root, studies, notebooks, artifacts } = smallProject(newFolder())
    const file = join(studies, 'small.yaml')
    const text = `${readFileSync(file, 'utf8')}report:\n  notebooks: [01-data, 02-juges]\n`
    writeFileSync(file, text)
    const line = text.split('\n').length - 1
    const unknown = (at: string, name: string): string =>
      `studies/small.yaml:${line}:${at}: ${name === '01-data' ? 'report.notebooks.0' : 'report.notebooks.1'}: expected the name of a notebook of this project, found "${name}"`
    const run = async (withReport = true): Promise<unknown> =>
      runStudy(await loadStudy('small', root), {
        progress: silentProgress,
        signal: new AbortController().signal,
        withReport,
      })
    await expect(run()).rejects.toThrow(unknown('15', '01-data'))
    expect(existsSync(artifacts)).toBe(false)
    mkdirSync(notebooks)
    for (const name of ['01-data', '02-judges']) writeFileSync(join(notebooks, `${name}.ipynb`), '{}')
    await expect(run()).rejects.toThrow(`${unknown('24', '02-juges')} (did you mean "02-judges"?)`)
    await expect(run(false)).resolves.toBeDefined()
  })

  it('fills in environment variables and their defaults; the digest is of the bytes of the file', async () => {
    const { root, studies } = smallProject(newFolder())
    const plain = await loadStudy('small', root)
    const text = readFileSync(join(studies, 'small.yaml'), 'utf8')
    writeFileSync(
      join(studies, 'small.yaml'),
      text.replace('data/small.jsonl', '$' + '{JUDGELAB_TEST_DATA:-data/small.jsonl}'),
    )
    const filled = await loadStudy('small', root)
    expect(filled.study).toEqual(plain.study)
    expect(filled.sha256).toBe(digestText(readFileSync(join(studies, 'small.yaml'))))
    vi.stubEnv('JUDGELAB_TEST_DATA', 'data/other.jsonl')
    const other = await loadStudy('small', root)
    expect(other.study.benchmark.path).toBe('data/other.jsonl')
    expect(other.sha256).toBe(filled.sha256)
  })

  it('names the place of a variable that is not set', async () => {
    const { root, studies } = smallProject(newFolder())
    const text = readFileSync(join(studies, 'small.yaml'), 'utf8')
    writeFileSync(join(studies, 'small.yaml'), text.replace('data/small.jsonl', '$' + '{JUDGELAB_TEST_UNSET}'))
    const error = (await loadStudy('small', root).catch((caught: unknown) => caught)) as ConfigError
    expect(error.name).toBe('ConfigError')
    expect(error.path).toBe('studies/small.yaml:5:37')
    expect(error.message).toContain('expected the environment variable JUDGELAB_TEST_UNSET, found it unset')
  })

  it('leaves comments alone, and takes a # inside a text for what it is', async () => {
    const { root, studies } = smallProject(newFolder())
    const file = join(studies, 'small.yaml')
    const unset = '$' + '{JUDGELAB_TEST_UNSET}'
    const text = readFileSync(file, 'utf8').replace('title: A small study', `title: "is #1 ${unset}"`)
    writeFileSync(file, `# set ${unset} first\n${text.replace('\nbenchmark', ` # not ${unset}\nbenchmark`)}`)
    const error = (await loadStudy('small', root).catch((caught: unknown) => caught)) as ConfigError
    expect(error.path).toBe('studies/small.yaml:4:15')
    vi.stubEnv('JUDGELAB_TEST_UNSET', 'set now')
    expect((await loadStudy('small', root)).study.title).toBe('is #1 set now')
  })

  it('needs a project: a folder with studies/', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'alone.yaml'), 'version: 1\n')
    await expect(loadStudy('alone.yaml', folder)).rejects.toThrow(
      'expected a project (a folder with studies/) here or above',
    )
    await expect(loadStudy('alone', folder)).rejects.toThrow(
      'expected a project (a folder with studies/) here or above',
    )
  })
})
