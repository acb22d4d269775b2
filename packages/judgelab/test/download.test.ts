import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Project } from '@judgelab/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { hubServers } from '../../datasets/test/hub/hub-server.js'
import { writeParquet } from '../../datasets/test/support/write-parquet.js'
import { withLoadProgress } from '../src/study/load-progress.js'
import { runHere } from './command.js'
import { smallProject } from './small-project.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
const startHub = hubServers()
afterEach(() => vi.unstubAllEnvs())

const BUILTIN = '{ source: builtin, path: data/small.jsonl }'
const FILE = 'data/test-00000-of-00001.parquet'
const TYPES = {
  id: 'VARCHAR',
  prompt: 'VARCHAR',
  chosen: 'VARCHAR[]',
  rejected: 'VARCHAR[]',
  num_correct: 'BIGINT',
  num_incorrect: 'BIGINT',
  subset: 'VARCHAR',
}

/** The small study over RewardBench 2 of the Hub; its rows as the Hub would serve them. */
async function projectOfTheHub(): Promise<{ project: Project; bytes: Buffer }> {
  const project = smallProject(newFolder())
  const study = join(project.studies, 'small.yaml')
  writeFileSync(study, readFileSync(study, 'utf8').replace(BUILTIN, '{ source: reward-bench-2 }'))
  const rows = readFileSync(join(project.data, 'small.jsonl'), 'utf8').trim().split('\n')
  const file = await writeParquet(
    rows.map((row) => JSON.parse(row) as object),
    TYPES,
    join(newFolder(), FILE),
  )
  return { project, bytes: readFileSync(file) }
}

describe('a study whose benchmark is downloaded', () => {
  it('says what is fetched and how much; the next time it is there', async () => {
    const { project, bytes } = await projectOfTheHub()
    const hub = await startHub({
      repository: 'allenai/reward-bench-2',
      commit: 'c'.repeat(40),
      files: { [FILE]: bytes, 'README.md': Buffer.from('# Reward bench') },
      breaks: [500],
    })
    vi.stubEnv('HF_ENDPOINT', hub.url)
    vi.stubEnv('HF_HOME', newFolder())
    const first = await runHere(project.root, 'audit', 'small')
    expect(first.stderr).toContain(`✓ Fetching ${FILE}: ${Math.ceil(bytes.length / 1000)} kB\n✓ Benchmark: 60 examples`)
    expect(hub.seen.map(({ range }) => range)).toContain('bytes=500-')
    const second = await runHere(project.root, 'audit', 'small')
    expect(second.stderr).not.toContain('Fetching')
    expect(second.stderr).toContain('= Benchmark: unchanged')
  })
})

describe('withLoadProgress', () => {
  const told = () => {
    const lines: string[] = []
    const progress = {
      start: (title: string) => void lines.push(`start ${title}`),
      say: () => undefined,
      advance: (done: number, total: number, unit: string) => void lines.push(`${done}/${total} ${unit}`),
      finish: (line: string) => void lines.push(`finish ${line}`),
      unchanged: () => undefined,
      clear: () => undefined,
    }
    return { lines, progress }
  }

  it('tells file by file, of a size that is known or not', async () => {
    const { lines, progress } = told()
    const { signal } = new AbortController()
    const loaded = await withLoadProgress({ progress, signal }, 'Benchmark', async ({ hub }) => {
      expect(hub.signal).toBe(signal)
      hub.onProgress?.({ file: 'a', receivedBytes: 500, totalBytes: 3000 })
      hub.onProgress?.({ file: 'a', receivedBytes: 3000, totalBytes: 3000 })
      hub.onProgress?.({ file: 'b', receivedBytes: 1001, totalBytes: undefined })
      return 'loaded'
    })
    expect(loaded).toBe('loaded')
    expect(lines).toEqual([
      'start Benchmark',
      'start Fetching a',
      '1/3 kB',
      '3/3 kB',
      'finish 3 kB',
      'start Fetching b',
      '2/2 kB',
      'finish 2 kB',
    ])
  })

  it('tells of the reading under the title, after a download too', async () => {
    const { lines, progress } = told()
    const { signal } = new AbortController()
    await withLoadProgress({ progress, signal }, 'Benchmark', async (watched) => {
      expect(watched.signal).toBe(signal)
      watched.hub.onProgress?.({ file: 'a', receivedBytes: 3000, totalBytes: 3000 })
      watched.onRead?.(1, 3000)
      watched.onRead?.(3000, 3000)
    })
    expect(lines).toEqual([
      'start Benchmark',
      'start Fetching a',
      '3/3 kB',
      'finish 3 kB',
      'start Benchmark',
      '1/3 kB',
      '3/3 kB',
    ])
  })

  it('says no more than the title where nothing is fetched, and does not call what failed finished', async () => {
    const { lines, progress } = told()
    const { signal } = new AbortController()
    await withLoadProgress({ progress, signal }, 'Benchmark', async () => undefined)
    expect(lines.splice(0)).toEqual(['start Benchmark'])
    const failing = withLoadProgress({ progress, signal }, 'Benchmark', async ({ hub }) => {
      hub.onProgress?.({ file: 'a', receivedBytes: 500, totalBytes: 3000 })
      throw new Error('broke off')
    })
    await expect(failing).rejects.toThrow('broke off')
    expect(lines).toEqual(['start Benchmark', 'start Fetching a', '1/3 kB'])
  })
})

describe('the published split of RewardBench 2', () => {
  it('says when its rows are not those of which the article prints examples', async () => {
    const project = smallProject(newFolder())
    const study = join(project.studies, 'small.yaml')
    const rows = fileURLToPath(new URL('../../../data/builtin/benchmark.jsonl', import.meta.url)) // of the same shape
    const text = readFileSync(study, 'utf8').replace(BUILTIN, `{ source: reward-bench-2, path: ${rows} }`)
    writeFileSync(study, text.replace('trainSize: 40, testSize: 12', 'trainSize: 1500, testSize: 300'))
    const { stderr, stdout } = await runHere(project.root, 'audit', 'small')
    const said = '0 of 3 examples that the article prints stand where it prints them: these are not the rows'
    expect(stderr).toContain(`1498 training and 297 test examples; ${said}`)
    expect(stdout).toContain(said)
    expect(stdout).toMatch(/^ {2}row 0 of the data .*: 0 differs in prompt, chosen response, rejected response 1/m)
  })
})
