import { mkdirSync, writeFileSync } from 'node:fs'
import { type Project, projectAt, saveJson } from '@judgelab/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadResults, loadResultsFile, resultsFile, studyName } from '../src/index.js'
import { temporaryFolders } from './temporary-folder.js'

const newFolder = temporaryFolders()
afterEach(() => vi.unstubAllEnvs())

const RESULTS = {
  formatVersion: 1,
  study: { name: 'small' },
  benchmark: { fingerprint: 'f', subsets: [] },
  split: {},
  evaluation: { n: 0, isChosenFirst: true },
  statistics: { level: 0.95 },
  judges: [],
  tuning: [],
  contrasts: [],
}

async function projectWith(...studies: string[]): Promise<Project> {
  const project = projectAt(newFolder())
  for (const name of studies) await saveJson(resultsFile(project, name), { ...RESULTS, study: { name } })
  return project
}

describe('loadResults in a kernel that judgelab started', () => {
  it('takes the study that is being reported, not the one that the notebook names', async () => {
    const project = await projectWith('quickstart', 'copied')
    expect((await loadResults('quickstart', project)).study.name).toBe('quickstart')
    vi.stubEnv('JUDGELAB_STUDY', 'copied')
    expect(studyName('quickstart')).toBe('copied')
    expect((await loadResults('quickstart', project)).study.name).toBe('copied')
    expect((await loadResults(undefined, project)).study.name).toBe('copied')
    expect((await loadResultsFile(resultsFile(project, 'quickstart'), 'quickstart')).study.name).toBe('quickstart')
  })

  it('needs a name from somewhere', async () => {
    vi.stubEnv('JUDGELAB_STUDY', '')
    await expect(loadResults(undefined, await projectWith())).rejects.toThrow(
      'expected the name of a study, found none, and JUDGELAB_STUDY is not set',
    )
  })
})

describe('results that cannot be used', () => {
  it.each([
    ['evaluation', { n: 0 }, 'evaluation.isChosenFirst: expected a boolean, found nothing'],
    ['judges', {}, 'judges: expected a list, found object'],
    ['study', null, 'study: expected a object, found null'],
  ])('are refused by the field that is missing in %s', async (field, value, message) => {
    const project = projectAt(newFolder())
    await saveJson(resultsFile(project, 'small'), { ...RESULTS, [field]: value })
    await expect(loadResults('small', project)).rejects.toThrow(message.replace('a object', 'an object'))
  })

  it('are not called missing when they are there and unreadable', async () => {
    const project = projectAt(newFolder())
    mkdirSync(resultsFile(project, 'small'), { recursive: true })
    const failure = loadResults('small', project)
    await expect(failure).rejects.toThrow(/expected the results of a finished study, found an unreadable file \(EISDIR/)
  })

  it('are called missing when there are none', async () => {
    const project = projectAt(newFolder())
    await expect(loadResults('small', project)).rejects.toThrow(
      'found none: run `pnpm judgelab run studies/small.yaml`',
    )
    mkdirSync(project.reports)
    writeFileSync(`${project.reports}/small`, '')
    await expect(loadResults('small', project)).rejects.toThrow(/found an unreadable file \(ENOTDIR/)
  })
})
