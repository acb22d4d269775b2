import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectAt } from '@judgelab/core'
import { benchmarkFiles, findKeptBenchmark, keepBenchmark, loadKeptBenchmark } from '@judgelab/datasets'
import { describe, expect, it } from 'vitest'
import { madeBenchmark } from './support/made-example.js'
import { temporaryFolders } from './support/temporary-folder.js'

const newFolder = temporaryFolders()
const benchmark = madeBenchmark({ Math: 3, Safety: 2 })

async function kept(): Promise<string> {
  const folder = newFolder()
  await keepBenchmark(folder, benchmark)
  return folder
}

describe('a benchmark that a study kept', () => {
  it('is read back as it was, whatever it was loaded from', async () => {
    expect(await loadKeptBenchmark(await kept())).toEqual(benchmark)
  })

  it('is refused where its examples are not those of its fingerprint', async () => {
    const folder = await kept()
    const { examples } = benchmarkFiles(folder)
    const lines = readFileSync(examples, 'utf8').trimEnd().split('\n')
    writeFileSync(examples, `${lines.slice(1).join('\n')}\n`)
    await expect(loadKeptBenchmark(folder)).rejects.toThrow(
      /examples\.jsonl: expected 5 examples with fingerprint [0-9a-f]{64}, found 4 with [0-9a-f]{64}/,
    )
  })

  it('is refused where there is none, and by the field that is wrong', async () => {
    await expect(loadKeptBenchmark(newFolder())).rejects.toThrow(
      'expected the benchmark of a study that was run, found none',
    )
    const folder = await kept()
    const { about } = benchmarkFiles(folder)
    writeFileSync(about, JSON.stringify({ ...JSON.parse(readFileSync(about, 'utf8')), synthetic: 'no' }))
    await expect(loadKeptBenchmark(folder)).rejects.toThrow('synthetic: expected')
  })

  it('is found by its fingerprint among studies, one of them with a broken file', async () => {
    const project = projectAt(newFolder())
    const [broken, folder] = ['a', 'b'].map((study) => join(project.artifacts, study)) as [string, string]
    await keepBenchmark(broken, benchmark)
    await keepBenchmark(folder, benchmark)
    writeFileSync(benchmarkFiles(broken).about, '{')
    expect(await findKeptBenchmark(project, benchmark.fingerprint)).toBe(folder)
    expect(await findKeptBenchmark(project, 'another')).toBeUndefined()
    expect(await findKeptBenchmark(projectAt(newFolder()), benchmark.fingerprint)).toBeUndefined()
  })
})
